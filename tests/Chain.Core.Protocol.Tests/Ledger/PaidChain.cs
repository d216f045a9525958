using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests.Ledger;

/// <summary>A chain with coins whose blocks need no work, and blocks of payments for it, executed on a store of its own.</summary>
internal sealed class PaidChain : IDisposable
{
    private const int People = 12;

    private readonly Ed25519PrivateKey[] _keys =
        [.. Enumerable.Range(1, People).Select(static i => new Ed25519PrivateKey([.. Enumerable.Repeat((byte)i, 32)]))];

    private readonly MemoryStore _reference = new();
    private readonly Dictionary<BlockId, ulong[]> _nonces = [];

    public PaidChain()
    {
        (AccountAddress, ulong)[] funded = [.. _keys.Select(static key => (AddressOf(key), 1_000_000UL))];
        var genesis = new GenesisSpec(3, "paid", new UnixTime(1_000_000), [new ModuleGenesis(Token.Name, TokenModule.GenesisData(funded))]);
        Definition = new ChainDefinition(new DevConsensus(), new LedgerDefinition([Token]), genesis);
        Rules = Definition.Consensus.CreateRules(Definition.Genesis.Header);
        Tree = new BlockTree(Definition.Genesis.Header);
        _reference.Write(Definition.GenesisWrites, Durability.Buffered);
        _nonces[Definition.GenesisId] = new ulong[People];
    }

    public TokenModule Token { get; } = new();

    public ChainDefinition Definition { get; }

    public IHeaderRules Rules { get; }

    /// <summary>Every block that was made.</summary>
    public BlockTree Tree { get; }

    public void Dispose()
    {
        _reference.Dispose();
        Array.ForEach(_keys, static key => key.Dispose());
    }

    public Transaction Pay(int from, ulong nonce, ulong amount = 1) => Transaction.Sign(
        new TransactionTerms(nonce, 0, new BlockHeight(100_000), Token.Transfer(AddressOf(_keys[(from + 1) % People]), amount)),
        Definition.GenesisId,
        _keys[from]);

    /// <summary>A block in which these people, in order, pay their neighbours.</summary>
    public Block Child(Block parent, ulong variant, params int[] payers)
    {
        var nonces = (ulong[])_nonces[parent.Id].Clone();
        Transaction[] payments = [.. payers.Select(payer => Pay(payer, nonces[payer]++))];
        Assert.True(Tree.TryGet(parent.Id, out BlockTreeNode? node));
        var fields = new HeaderFields(
            BlockHeader.CurrentVersion,
            parent.Height.Next(),
            parent.Id,
            new UnixTime(parent.Header.Time.Milliseconds + 1 + variant),
            Block.RootOf(payments),
            default,
            node.HistoryRootForChild);
        var frame = new BlockFrame(Definition.GenesisId, fields.Height, fields.Time);
        var built = (BlockBuilt)new BuildBlockJob(
            Definition.Ledger, parent.Header.Fields.StateRoot, frame, payments, BlockBudget.Of(Definition.Ledger.Limits)).Run(_reference);
        Assert.Equal(payments.Length, built.Transactions.Count);
        fields = fields with { StateRoot = built.StateRoot };
        Block block = Block.Create(BlockHeader.Create(in fields, []), payments);
        var executed = (BlockExecuted)new ExecuteBlockJob(
            Definition.Ledger, Definition.GenesisId, parent.Header.Fields.StateRoot, block).Run(_reference);
        _reference.Write(executed.Writes, Durability.Buffered);
        _nonces[block.Id] = nonces;
        Tree.TryAdd(block.Header, Rules, new UnixTime(ulong.MaxValue / 2));
        return block;
    }

    /// <summary>Blocks on each other, each with a payment or two.</summary>
    public List<Block> Extend(Block parent, int count, ulong variant = 0)
    {
        var blocks = new List<Block>(count);
        for (int i = 0; i < count; i++)
        {
            int payer = (i + (int)variant) % People;
            parent = i % 3 == 2 ? Child(parent, variant, payer, (payer + 5) % People) : Child(parent, variant, payer);
            blocks.Add(parent);
        }

        return blocks;
    }

    /// <summary>What an account has in the state of a store after a block.</summary>
    public ulong BalanceOf(IKeyValueReader store, Block block, int person) =>
        Token.BalanceOf(ChainState.Open(store, block.Header.Fields.StateRoot), AddressOf(_keys[person]));

    /// <summary>Fails unless a store has the very state that execution gives.</summary>
    public void RequireState(IKeyValueReader store, Block block)
    {
        for (int person = 0; person < People; person++)
        {
            Assert.Equal(BalanceOf(_reference, block, person), BalanceOf(store, block, person));
        }
    }

    private static AccountAddress AddressOf(Ed25519PrivateKey key) => AccountAddress.FromKey(key.Scheme, key.PublicKey.Span);
}
