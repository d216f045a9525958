using System.Security.Cryptography;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Ledger;

/// <summary>A chain of transfers between many accounts: its state before the first block, and blocks to append.</summary>
internal sealed class TransferChain
{
    private const ulong Balance = 1_000_000_000;
    private const ulong Fee = 10;

    private readonly Ed25519PrivateKey[] _senders;
    private readonly AccountAddress[] _accounts;
    private readonly ulong[] _nonces;
    private int _next;

    /// <summary>A chain whose state holds so many balances; the first of them have keys.</summary>
    public TransferChain(int accounts, int senders, LedgerLimits? limits = null)
    {
        Definition = new LedgerDefinition([Token], limits: limits);
        _senders = [.. Enumerable.Range(0, senders).Select(static i => new Ed25519PrivateKey(SHA256.HashData(BitConverter.GetBytes(i))))];
        _nonces = new ulong[senders];
        _accounts = new AccountAddress[accounts];
        for (int i = 0; i < accounts; i++)
        {
            _accounts[i] = i < senders
                ? AccountAddress.FromKey(SignatureSchemeTag.Ed25519, _senders[i].PublicKey.Span)
                : new AccountAddress(Sha256.Hash(BitConverter.GetBytes(i)));
        }

        ChainState empty = ChainState.CreateEmpty(new MemoryTable(), Definition.Modules.Select(static module => module.Name));
        StateChange[] balances = Array.ConvertAll(
            _accounts, account => new StateChange(Token.Balances.KeyOf(account), Codecs.U64.Encode(Balance)));
        BeginState = empty.Apply([new ModuleChanges(Token.Name, balances)]).WriteNew(BeginWrites);
    }

    public static BlockId Genesis { get; } = new(Sha256.Hash("genesis"u8));

    public TokenModule Token { get; } = new();

    public LedgerDefinition Definition { get; }

    /// <summary>The state before the first block.</summary>
    public ChainState BeginState { get; }

    /// <summary>The records of <see cref="BeginState"/>.</summary>
    public WriteBatch BeginWrites { get; } = new();

    /// <summary>The next transfers, from every sender in turn to any account.</summary>
    public Transaction[] NextTransfers(int count, DeterministicRandom random, Func<ulong>? fee = null)
    {
        var transfers = new Transaction[count];
        for (int i = 0; i < count; i++)
        {
            int from = _next++ % _senders.Length;
            AccountAddress to = _accounts[random.NextIndex(_accounts.Length)];
            var terms = new TransactionTerms(
                _nonces[from]++, fee?.Invoke() ?? Fee, new BlockHeight(1_000_000), Token.Transfer(to, 1 + random.NextBelow(1000)));
            transfers[i] = Transaction.Sign(in terms, Genesis, _senders[from]);
        }

        return transfers;
    }

    /// <summary>Blocks one after the other, each of so many transfers; what they write goes to <paramref name="store"/>.</summary>
    public List<AppendedBlock> MakeBlocks(int blocks, int transfers, MemoryTable store)
    {
        var random = new DeterministicRandom(1);
        var made = new List<AppendedBlock>();
        BlockId parent = Genesis;
        Hash256 root = BeginState.Root;
        ResidentState? resident = BeginState.ToResident(long.MaxValue);
        for (int height = 1; height <= blocks; height++)
        {
            Transaction[] body = NextTransfers(transfers, random);
            var time = new UnixTime(1_700_000_000_000 + (1000 * (ulong)height));
            var built = (BlockBuilt)new BuildBlockJob(
                Definition, root, new BlockFrame(Genesis, new BlockHeight((ulong)height), time), body, BlockBudget.Of(Definition.Limits))
            {
                Resident = resident,
            }.Run(store);
            var fields = new HeaderFields(
                BlockHeader.CurrentVersion, new BlockHeight((ulong)height), parent, time, built.TransactionsRoot, built.StateRoot, default);
            Block block = Block.Create(BlockHeader.Create(in fields, default), built.Transactions);
            if (block.Transactions.Count != transfers)
            {
                throw new InvalidOperationException("A block took fewer transfers than it was given.");
            }

            var executed = (BlockExecuted)new ExecuteBlockJob(Definition, Genesis, root, block)
            {
                Resident = resident,
                MaxResidentNodes = long.MaxValue,
                SignaturesToCheck = [],
            }.Run(store);
            store.Apply(executed.Writes);
            made.Add(new AppendedBlock(block.Encoded.ToArray(), root, executed.StateRoot));
            parent = block.Id;
            root = executed.StateRoot;
            resident = executed.Resident;
        }

        return made;
    }
}
