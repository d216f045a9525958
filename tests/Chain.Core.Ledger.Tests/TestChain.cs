using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests;

/// <summary>A chain in memory with named people, each of whom begins with a million coins.</summary>
internal sealed class TestChain
{
    public const ulong Begin = 1_000_000;

    public static readonly Account Alice = new(1);
    public static readonly Account Bob = new(2);
    public static readonly Account Carol = new(3);

    public TestChain(LedgerLimits? limits = null, string name = "test", int people = 3)
    {
        Definition = new LedgerDefinition([Token, Guestbook, Trouble], new SignatureSchemes(Scheme, Ed25519.Scheme), limits);
        (AccountAddress, ulong)[] allocations = [.. Enumerable.Range(1, people).Select(static i => (new Account(i).Address, Begin))];
        Genesis = Ledger.Genesis.Create(
            Definition,
            new GenesisSpec(7, name, new UnixTime(1_700_000_000_000), [new ModuleGenesis("token", TokenModule.GenesisData(allocations))]),
            [1, 2, 3]);
        Store.Apply(Genesis.Writes);
        Head = Genesis.Block;
    }

    public FakeScheme Scheme { get; } = new();

    public TokenModule Token { get; } = new();

    public GuestbookModule Guestbook { get; } = new();

    public TroubleModule Trouble { get; } = new();

    public LedgerDefinition Definition { get; }

    public Ledger.Genesis Genesis { get; }

    public MemoryReader Store { get; } = new();

    public Block Head { get; set; }

    public BlockId Id => Genesis.Block.Id;

    public ChainState State => StateOf(Head);

    public ChainState StateOf(Block block) => ChainState.Open(Store, block.Header.Fields.StateRoot);

    public Transaction Transfer(Account from, Account to, ulong amount, ulong nonce, ulong fee = 10) =>
        Sign(from, Token.Transfer(to.Address, amount), nonce, fee);

    public Transaction Sign(Account from, Call call, ulong nonce, ulong fee = 10, ulong validUntil = 1000) =>
        Transaction.Sign(new TransactionTerms(nonce, fee, new BlockHeight(validUntil), call), Id, from);

    public BlockBuilt Build(Block parent, IReadOnlyList<Transaction> candidates, BlockBudget? budget = null) =>
        (BlockBuilt)new BuildBlockJob(
            Definition,
            parent.Header.Fields.StateRoot,
            new BlockFrame(Id, parent.Height.Next(), TimeAfter(parent)),
            candidates,
            budget ?? BlockBudget.Of(Definition.Limits)).Run(Store);

    /// <summary>A block of exactly these transactions, with the roots given or those that are right.</summary>
    public Block Assemble(Block parent, IReadOnlyList<Transaction> transactions, Hash256? stateRoot = null, Hash256? transactionsRoot = null)
    {
        var fields = new HeaderFields(
            BlockHeader.CurrentVersion,
            parent.Height.Next(),
            parent.Id,
            TimeAfter(parent),
            transactionsRoot ?? Block.RootOf(transactions),
            stateRoot ?? Build(parent, transactions).StateRoot,
            default);
        return Block.Create(BlockHeader.Create(in fields, []), transactions);
    }

    public BlockExecuted Execute(Block parent, Block block) =>
        (BlockExecuted)new ExecuteBlockJob(Definition, Id, parent.Header.Fields.StateRoot, block).Run(Store);

    /// <summary>Puts the transactions into a block on the head, which must be valid, and moves the head.</summary>
    public IReadOnlyList<Receipt> Append(params Transaction[] transactions)
    {
        Block block = Assemble(Head, transactions);
        BlockExecuted executed = Commit(Head, block);
        Head = block;
        return executed.Receipts;
    }

    public BlockExecuted Commit(Block parent, Block block)
    {
        BlockExecuted executed = Execute(parent, block);
        Assert.True(executed.IsValid, executed.Reason);
        Store.Apply(executed.Writes);
        return executed;
    }

    public ulong BalanceOf(Account account) => Token.BalanceOf(State, account.Address);

    public static UnixTime TimeAfter(Block parent) => new(parent.Header.Time.Milliseconds + 1000);
}
