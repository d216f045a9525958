using Chain.Core.Machines;
using Chain.Core.Testing;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Mempool;

/// <summary>Attack 24: many transactions into a bounded pool, low fees, pinning.</summary>
[Trait("Fault", "24")]
public sealed class MempoolFloodTests
{
    private const int People = 5_000;

    [Fact]
    public void Submitted_AHundredThousandRandomTransactions_KeepsEveryBudgetAndTheDearest()
    {
        var options = new MempoolOptions { MaxTransactions = 2_000, MaxBytes = 2_000_000, MaxPerSender = 16, MaxNonceGap = 4, RecentIds = 1000 };
        var bench = new MempoolBench(options, new TestChain(people: People));
        var random = new DeterministicRandom(24);
        int count = LongRun.Count(ordinary: 100_000, perFactor: 1_000_000);
        var nonces = new ulong[People + 1];
        for (int i = 0; i < count; i++)
        {
            int from = 1 + random.NextIndex(People);
            ulong nonce = random.NextIndex(10) == 0 ? random.NextBelow(30) : nonces[from]++ % 8;
            bench.Submit(bench.Chain.Transfer(new Account(from), TestChain.Bob, 1, nonce, fee: random.NextBelow(10_000)));
            if (i % 200 == 199)
            {
                bench.RunJobs();
                Assert.True(bench.Pool.Count <= options.MaxTransactions);
                Assert.True(bench.Pool.Bytes <= options.MaxBytes);
                Assert.Equal(bench.Pool.Count, bench.Pool.Transactions.Count());
            }

            bench.Effects.Events.Clear();
        }

        IReadOnlyList<Transaction> selected = bench.Pool.SelectCandidates(new BlockBudget(1 << 20, 10_000, ulong.MaxValue));
        Assert.NotEmpty(selected);
        foreach (IGrouping<AccountAddress, Transaction> queue in bench.Pool.Transactions.GroupBy(static t => t.Sender))
        {
            Assert.True(queue.Count() <= options.MaxPerSender);
            Assert.Equal(queue.Count(), queue.Select(static t => t.Terms.Nonce).Distinct().Count());
        }

        foreach (IGrouping<AccountAddress, Transaction> queue in selected.GroupBy(static t => t.Sender))
        {
            Assert.Equal(Enumerable.Range(0, queue.Count()).Select(static i => (ulong)i), queue.Select(static t => t.Terms.Nonce));
        }
    }

    [Fact]
    public void Submitted_FloodOfCheapOnes_KeepsTheTopDecile()
    {
        var options = new MempoolOptions { MaxTransactions = 1_000 };
        var bench = new MempoolBench(options, new TestChain(people: People));
        var random = new DeterministicRandom(25);
        var fees = new List<(ulong Fee, TransactionId Id)>();
        int[] order = [.. Enumerable.Range(1, People)];
        random.Shuffle<int>(order);
        foreach (int from in order)
        {
            Transaction transfer = bench.Chain.Transfer(new Account(from), TestChain.Bob, 1, nonce: 0, fee: 1000 + random.NextBelow(50_000));
            fees.Add((transfer.Terms.Fee, transfer.Id));
            bench.Submit(transfer);
            if (random.NextIndex(50) == 0)
            {
                bench.RunJobs();
            }
        }

        bench.RunJobs();

        fees.Sort(static (a, b) => b.Fee.CompareTo(a.Fee));
        Assert.Equal(1_000, bench.Pool.Count);
        Assert.All(fees.Take(People / 10), dear => Assert.True(bench.Pool.TryGet(dear.Id, out _)));
        Assert.True(bench.Chain.Scheme.Verified < People, "the cheap ones were refused before their signature was checked");
    }

    [Fact]
    public void Submitted_DearTailsBehindCheapHeads_DoNotPinThePool()
    {
        var bench = new MempoolBench(new MempoolOptions { MaxTransactions = 100 }, new TestChain(people: 200));
        for (int i = 1; i <= 50; i++)
        {
            bench.Take(
                bench.Chain.Transfer(new Account(i), TestChain.Bob, 1, nonce: 0, fee: 1),
                bench.Chain.Transfer(new Account(i), TestChain.Bob, 1, nonce: 1, fee: 50_000));
        }

        for (int i = 101; i <= 200; i++)
        {
            bench.Take(bench.Chain.Transfer(new Account(i), TestChain.Bob, 1, nonce: 0, fee: 100));
        }

        Assert.Equal(100, bench.Pool.Count);
        Assert.All(bench.Pool.Transactions, static t => Assert.Equal(100UL, t.Terms.Fee));
    }

    [Fact]
    public void Submitted_TransactionsBehindAGap_GiveWayFirst()
    {
        var bench = new MempoolBench(new MempoolOptions { MaxTransactions = 10 }, new TestChain(people: 200));
        for (int i = 1; i <= 10; i++)
        {
            bench.Take(bench.Chain.Transfer(new Account(i), TestChain.Bob, 1, nonce: 3, fee: 90_000));
        }

        bench.Take([.. Enumerable.Range(11, 10).Select(i => bench.Chain.Transfer(new Account(i), TestChain.Bob, 1, nonce: 0, fee: 1))]);

        Assert.Equal(10, bench.Selected.Count);
    }
}
