using Chain.Core.Machines;
using Chain.Core.Wire;
using Pool = Chain.Core.Ledger.Mempool;

namespace Chain.Core.Ledger.Tests.Mempool;

/// <summary>What waits is kept in the store and comes back with the next life of the node.</summary>
public sealed class PoolKeepingTests
{
    private static readonly UnixTime Noon = new(1_700_000_000_000);

    private readonly TestChain _chain = new(people: 60);

    [Fact]
    public void Saved_ThenANewLife_BringsBackWhatWaited()
    {
        MempoolBench before = Live();
        Transaction[] sent = [Pay(1, 0), Pay(2, 0), Pay(1, 1)];
        before.Take(sent);
        Assert.Empty(before.Effects.Writes);
        Assert.True(before.Save());

        MempoolBench after = Live();

        Assert.Equal(sent.Select(static t => t.Id), after.Pool.Transactions.Select(static t => t.Id));
        Assert.Contains(new MempoolEvent.PoolRead(3, 0), after.Effects.Events);
        Assert.Empty(after.Effects.Writes); // they keep their records
    }

    [Fact]
    public void Killed_BeforeTheIntervalEnds_LosesWhatCameWithinIt()
    {
        MempoolBench before = Live();
        before.Take(Pay(1, 0));
        before.Save();
        before.Take(Pay(2, 0));

        Assert.Equal([Pay(1, 0).Id], Live().Pool.Transactions.Select(static t => t.Id));
    }

    [Fact]
    public void Stopping_InOrder_LosesNothingAndIsDurable()
    {
        MempoolBench before = Live();
        before.Take(Pay(1, 0), Pay(2, 0));
        before.Handle(new MempoolInput.Stopping());

        Assert.Equal(Durability.Durable, Assert.Single(before.Effects.Writes).Durability);
        Assert.Equal(2, Live().Pool.Count);
    }

    [Fact]
    public void Included_WithinTheInterval_IsNeverWritten()
    {
        MempoolBench bench = Live();
        bench.Take(Pay(1, 0));
        bench.Mine(Pay(1, 0));
        bench.Save();

        Assert.Empty(bench.Effects.Writes);
        Assert.Empty(Records());
    }

    [Fact]
    public void Included_AfterItWasSaved_IsDeletedFromTheStore()
    {
        MempoolBench bench = Live();
        bench.Take(Pay(1, 0), Pay(2, 0));
        bench.Save();
        Assert.Equal(2, Records().Count);
        bench.Mine(Pay(1, 0));
        bench.Save();

        Assert.Single(Records());
    }

    [Fact]
    public void NewLife_BlockHasItAlready_RefusesItAndDeletesTheRecord()
    {
        MempoolBench before = Live();
        before.Take(Pay(1, 0), Pay(2, 0));
        before.Save();
        before.Mine(Pay(1, 0)); // killed before the record was deleted

        MempoolBench after = Live();

        Assert.Equal([Pay(2, 0).Id], after.Pool.Transactions.Select(static t => t.Id));
        Assert.Equal([TransactionRefusal.NonceUsed], after.Refusals);
        after.Save();
        Assert.Single(Records());
    }

    [Fact]
    public void NewLife_BeyondTheLastHeight_DropsIt()
    {
        MempoolBench before = Live();
        before.Take(_chain.Sign(TestChain.Alice, _chain.Token.Transfer(TestChain.Bob.Address, 1), 0, validUntil: 2));
        before.Save();
        _chain.Append();
        _chain.Append();

        MempoolBench after = Live();

        Assert.Equal(0, after.Pool.Count);
        Assert.Equal([TransactionRefusal.Expired], after.Refusals);
    }

    [Fact]
    public void NewLife_KeepsTheAge()
    {
        var options = new MempoolOptions { MaxAge = TimeSpan.FromHours(3) };
        MempoolBench before = Live(options);
        before.Take(Pay(1, 0));
        before.Clock = Noon.Plus(TimeSpan.FromHours(2));
        before.Take(Pay(2, 0));
        before.Save();

        MempoolBench after = Live(options, Noon.Plus(TimeSpan.FromMinutes(179)));
        Assert.Equal(2, after.Pool.Count);
        after.Take(Pay(3, 0));
        after.Now += TimeSpan.FromMinutes(2);
        after.Handle(new MempoolInput.TimerFired(new TimerKey(1)));
        Assert.Equal([Pay(2, 0).Id, Pay(3, 0).Id], after.Pool.Transactions.Select(static t => t.Id));

        Assert.Equal([TransactionRefusal.Expired], Live(options, Noon.Plus(TimeSpan.FromMinutes(181))).Refusals);
    }

    [Fact]
    public void NewLife_ClockSetBack_CountsFromNow()
    {
        MempoolBench before = Live();
        before.Take(Pay(1, 0));
        before.Save();

        Assert.Equal(1, Live(clock: new UnixTime(5)).Pool.Count);
    }

    [Fact]
    public void NewLife_DamagedRecords_AreToldAndDeletedAndTheOthersCome()
    {
        MempoolBench before = Live();
        before.Take(Pay(1, 0), Pay(2, 0), Pay(3, 0), Pay(4, 0));
        before.Save();
        List<byte[]> keys = Records();
        Assert.True(_chain.Store.TryGet(keys[0], out byte[]? cut));
        _chain.Store.Set(keys[0], cut[..^1]);
        Assert.True(_chain.Store.TryGet(keys[1], out byte[]? forged));
        forged = (byte[])forged.Clone();
        forged[^1] ^= 1; // in the signature
        _chain.Store.Set(keys[1], forged);
        _chain.Store.Set([.. "mp"u8, 9], [1]);
        _chain.Store.Set(keys[2], []);

        MempoolBench after = Live();

        Assert.Equal([Pay(4, 0).Id], after.Pool.Transactions.Select(static t => t.Id));
        Assert.Contains(new MempoolEvent.PoolRead(2, 3), after.Effects.Events);
        Assert.Equal([TransactionRefusal.BadSignature], after.Refusals);
        after.Save();
        Assert.Equal([keys[3]], Records());
    }

    [Fact]
    public void NewLife_SmallerBudget_HoldsIt()
    {
        MempoolBench before = Live();
        before.Take([.. Enumerable.Range(1, 50).Select(i => Pay(i, 0, fee: (ulong)i))]);
        before.Save();

        MempoolBench after = Live(new MempoolOptions { MaxTransactions = 10, AdmissionBatch = 8 });

        Assert.Equal(Enumerable.Range(41, 10).Select(static i => (ulong)i), after.Pool.Transactions.Select(static t => t.Terms.Fee).Order());
        while (after.Save())
        {
        }

        Assert.Equal(10, Records().Count);
    }

    [Fact]
    public void ManyLives_WithLeftovers_NeverUseANumberTwice()
    {
        for (int life = 1; life <= 5; life++)
        {
            MempoolBench bench = Live(new MempoolOptions { AdmissionBatch = 2 });
            bench.Take(Pay(life, 0), Pay(10 + life, 0));
            bench.Save();
            Assert.Equal(2 * life, bench.Pool.Count);
            Assert.Equal(2 * life, Records().Count);
        }
    }

    [Fact]
    public void Save_AfterAFlood_WritesNoMoreThanABoundAtOnce()
    {
        var chain = new TestChain(people: 5000);
        var bench = new MempoolBench(chain: chain);
        bench.Take([.. Enumerable.Range(1, 5000).Select(i => chain.Transfer(new Account(i), TestChain.Bob, 1, 0))]);

        Assert.True(bench.Save());
        Assert.Equal(Pool.SavedAtOnce, bench.Effects.Writes[0].Batch.Operations.Count);
        Assert.True(bench.Save());
        Assert.Equal(5000 - Pool.SavedAtOnce, bench.Effects.Writes[1].Batch.Operations.Count);
        Assert.False(bench.Save());
    }

    [Fact]
    public void NotKept_WritesAndReadsNothing()
    {
        var options = new MempoolOptions { IsKept = false };
        MempoolBench before = Live(options);
        before.Take(Pay(1, 0));
        before.Handle(new MempoolInput.Stopping());

        Assert.False(before.Save());
        Assert.Empty(before.Effects.Writes);
        Assert.Equal(0, Live(options).Pool.Count);
    }

    private MempoolBench Live(MempoolOptions? options = null, UnixTime? clock = null) => new(options, _chain, clock ?? Noon);

    private Transaction Pay(int from, ulong nonce, ulong fee = 10) => _chain.Transfer(new Account(from), TestChain.Bob, 1, nonce, fee);

    private List<byte[]> Records() => [.. _chain.Store.Scan("mp"u8.ToArray()).Select(static pair => pair.Key.ToArray())];
}
