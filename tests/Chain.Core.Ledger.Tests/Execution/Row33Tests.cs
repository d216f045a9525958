using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Execution;

/// <summary>
/// Row 33 of the list of faults: the costliest valid block. What a block can make a node do is bounded by prices, whatever
/// its calls try; how long the bound takes is a benchmark (<c>block-costliest</c>).
/// </summary>
[Trait("Fault", "33")]
public sealed class Row33Tests
{
    private const int Senders = 30;
    private static readonly LedgerLimits Limits = new();

    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("tell")]
    public void Block_OfCallsThatNeverEnd_DoesNoMoreThanItsCostPaysFor(string kind) => Assert.Null(WhatIsWrong(kind, Limits));

    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    public void Mutant_WorkWithoutAPrice_IsFound(string kind)
    {
        LedgerLimits free = Limits with { ReadCost = 0, WriteCost = 0, EventCost = 0, ByteCost = 0 };
        Assert.Contains("of work were done", WhatIsWrong(kind, free), StringComparison.Ordinal);
    }

    [Fact]
    public void Mutant_BlockWithoutALimit_IsFound() =>
        Assert.Contains("of work were done", WhatIsWrong("read", Limits with { BlockCost = 1UL << 60 }), StringComparison.Ordinal);

    [Fact]
    public void Mutant_TransactionWithoutALimit_IsFound() =>
        Assert.NotNull(WhatIsWrong("read", Limits with { TransactionCost = 1UL << 60, BlockCost = 1UL << 60 }));

    private static string? WhatIsWrong(string kind, LedgerLimits limits)
    {
        var burn = new BurnModule();
        var token = new TokenModule();
        var scheme = new FakeScheme();
        var definition = new LedgerDefinition([token, burn], new SignatureSchemes(scheme, Ed25519.Scheme), limits);
        (AccountAddress, ulong)[] funded = [.. Enumerable.Range(1, Senders).Select(static i => (new Account(i).Address, 1_000UL))];
        var genesis = Ledger.Genesis.Create(
            definition,
            new GenesisSpec(7, "burn", new UnixTime(1_700_000_000_000), [new ModuleGenesis("token", TokenModule.GenesisData(funded))]),
            []);
        var store = new MemoryReader();
        store.Apply(genesis.Writes);
        Transaction[] calls = [.. Enumerable.Range(1, Senders).Select(i => Transaction.Sign(
            new TransactionTerms(0, 1, new BlockHeight(10), burn.Call(kind, (ulong)i << 32)), genesis.Block.Id, new Account(i)))];
        var frame = new BlockFrame(genesis.Block.Id, new BlockHeight(1), new UnixTime(1_700_000_001_000));
        var built = (BlockBuilt)new BuildBlockJob(
            definition, genesis.Block.Header.Fields.StateRoot, frame, calls, BlockBudget.Of(definition.Limits)).Run(store);
        var fields = new HeaderFields(
            BlockHeader.CurrentVersion, frame.Height, genesis.Block.Id, frame.Time, built.TransactionsRoot, built.StateRoot, default);
        Block block = Block.Create(BlockHeader.Create(in fields, []), built.Transactions);
        long before = burn.Done;
        var executed = (BlockExecuted)new ExecuteBlockJob(definition, genesis.Block.Id, genesis.Block.Header.Fields.StateRoot, block).Run(store);
        long done = burn.Done - before;

        ulong price = kind switch { "read" => Limits.ReadCost, "write" => Limits.WriteCost, _ => Limits.EventCost };
        ulong most = Limits.BlockCost / price;
        return !executed.IsValid ? executed.Reason
            : block.Transactions.Count < 20 ? "the block is too small to say anything"
            : done < 20_000 ? $"only {done} pieces of work were tried"
            : (ulong)done > most ? $"{done} pieces of work were done, {most} are paid for"
            : executed.Cost > Limits.BlockCost ? $"the block cost {executed.Cost}"
            : null;
    }
}
