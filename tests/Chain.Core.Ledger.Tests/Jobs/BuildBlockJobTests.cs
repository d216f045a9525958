using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Jobs;

public sealed class BuildBlockJobTests
{
    private static readonly Account Alice = TestChain.Alice;
    private static readonly Account Bob = TestChain.Bob;

    private readonly TestChain _chain = new();

    [Fact]
    public void Run_CandidatesGoodAndBad_KeepsTheGoodOnesAndNamesTheRest()
    {
        Transaction first = _chain.Transfer(Alice, Bob, 1, nonce: 0);
        Transaction used = _chain.Transfer(Alice, Bob, 2, nonce: 0);
        Transaction ahead = _chain.Transfer(Alice, Bob, 3, nonce: 5);
        Transaction poor = _chain.Transfer(new Account(77), Bob, 1, nonce: 0);
        Transaction late = _chain.Sign(Bob, _chain.Token.Transfer(Alice.Address, 1), 0, validUntil: 0);
        Transaction failing = _chain.Transfer(Bob, Alice, ulong.MaxValue, nonce: 0);

        BlockBuilt built = _chain.Build(_chain.Head, [first, used, ahead, poor, late, failing]);

        Assert.Equal([first.Id, failing.Id], built.Transactions.Select(static t => t.Id));
        Assert.Equal(
            [(used.Id, TransactionRefusal.NonceUsed), (poor.Id, TransactionRefusal.FeeUnaffordable), (late.Id, TransactionRefusal.Expired)],
            built.Refused);
        Assert.True(_chain.Execute(_chain.Head, _chain.Assemble(_chain.Head, built.Transactions, built.StateRoot)).IsValid);
    }

    [Fact]
    public void Run_EveryBudget_IsKept()
    {
        Transaction[] transfers = [.. Enumerable.Range(0, 20).Select(i => _chain.Transfer(Alice, Bob, 1, nonce: (ulong)i))];
        int bytes = transfers[0].Encoded.Length;
        ulong cost = _chain.Build(_chain.Head, transfers[..1]).Cost;
        BlockBudget all = BlockBudget.Of(_chain.Definition.Limits);

        Assert.Equal(7, _chain.Build(_chain.Head, transfers, all with { Transactions = 7 }).Transactions.Count);
        Assert.Equal(6, _chain.Build(_chain.Head, transfers, all with { Bytes = (6 * bytes) + 1 }).Transactions.Count);
        BlockBuilt byCost = _chain.Build(_chain.Head, transfers, all with { Cost = (5 * cost) + (cost / 2) });
        Assert.Equal(5, byCost.Transactions.Count);
        Assert.True(byCost.Cost <= 5 * cost + (cost / 2));
        Assert.Empty(byCost.Refused);
        Assert.True(_chain.Execute(_chain.Head, _chain.Assemble(_chain.Head, byCost.Transactions, byCost.StateRoot)).IsValid);
    }

    [Fact]
    public void Run_CandidateThatDoesNotFitTheCost_LeavesNoTraceInTheState()
    {
        Transaction spin = _chain.Sign(Alice, _chain.Trouble.Do("spin"), nonce: 0);
        Transaction small = _chain.Transfer(Bob, Alice, 1, nonce: 0);
        BlockBudget budget = BlockBudget.Of(_chain.Definition.Limits) with { Cost = 100_000 };

        BlockBuilt built = _chain.Build(_chain.Head, [spin, small], budget);

        Assert.Equal([small.Id], built.Transactions.Select(static t => t.Id));
        Assert.Equal(_chain.Build(_chain.Head, [small]).StateRoot, built.StateRoot);
    }
}
