using Chain.Core.Machines;
using Chain.Core.Testing;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Mempool;

/// <summary>
/// Row 25 of the list of faults: a flood of transactions that wait for others which never come. The caps hold, and an
/// honest pair that arrives in the wrong order is ready, from the first of its transactions on, in less than five seconds.
/// What guards a child is the room that others leave: a flood that fills all of it before the parent comes displaces it.
/// </summary>
[Trait("Fault", "25")]
public sealed class Row25Tests
{
    private const int Attackers = 1_000;
    private const int Honest = 200;
    private const int FloodInATick = 5;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(5);

    private static readonly MempoolOptions Options = new() { MaxTransactions = 500, MaxBytes = 900_000, MaxPerSender = 16, MaxNonceGap = 8 };

    [Fact]
    public void Flood_OfOrphans_CapsHoldAndHonestPairsResolve() => Assert.Null(WhatIsWrong(Options));

    [Fact]
    public void Mutant_FirstOrphansStay_IsFound() =>
        Assert.Contains("is not ready", WhatIsWrong(Options with { KeepsFirstOrphans = true }), StringComparison.Ordinal);

    [Fact]
    public void Mutant_NoCap_IsFound() =>
        Assert.Contains("transactions wait", WhatIsWrong(Options with { MaxTransactions = 1_000_000 }), StringComparison.Ordinal);

    [Fact]
    public void Mutant_NoLimitOfGaps_IsFound() =>
        Assert.Contains("nonces ahead", WhatIsWrong(Options with { MaxNonceGap = 1_000 }), StringComparison.Ordinal);

    private static string? WhatIsWrong(MempoolOptions options)
    {
        var bench = new MempoolBench(options, new TestChain(people: Attackers + Honest));
        var random = new DeterministicRandom(25);
        var began = new Dictionary<int, Instant>();
        int ticks = LongRun.Count(ordinary: 1_000, perFactor: 20_000);
        for (int tick = 0; tick < ticks; tick++)
        {
            bench.Now += Tick;
            Flood(bench, random);
            if (tick >= 200 && tick % 25 == 0 && began.Count < Honest)
            {
                int person = Attackers + 1 + began.Count;
                began.Add(person, bench.Now);
                bench.Take(Pay(bench, person, 1)); // the child first
            }

            string? wrong = Resolve(bench, began) ?? CheckCaps(bench);
            bench.Effects.Events.Clear();
            if (wrong is not null)
            {
                return wrong;
            }
        }

        return began.Count >= 20 ? null : "too few pairs were tried";
    }

    /// <summary>Dear ones, so that only their order keeps them from winning.</summary>
    private static void Flood(MempoolBench bench, DeterministicRandom random) => bench.Take([.. Enumerable.Range(0, FloodInATick).Select(_ =>
    {
        int from = 1 + random.NextIndex(Attackers);
        ulong nonce = random.NextIndex(20) == 0 ? 100 + random.NextBelow(500) : 1 + random.NextBelow(6);
        return bench.Chain.Transfer(new Account(from), TestChain.Bob, 1, nonce, fee: 20_000 + random.NextBelow(20_000));
    })]);

    private static string? Resolve(MempoolBench bench, Dictionary<int, Instant> began)
    {
        foreach ((int person, Instant since) in began)
        {
            if (bench.Now - since == Apart)
            {
                bench.Take(Pay(bench, person, 0));
            }
            else if (bench.Now - since == Allowed)
            {
                List<TransactionId> selected = bench.Selected;
                if (!selected.Contains(Pay(bench, person, 0).Id) || !selected.Contains(Pay(bench, person, 1).Id))
                {
                    return $"the pair of {person} is not ready {Allowed} after its child came";
                }

                bench.Mine(Pay(bench, person, 0), Pay(bench, person, 1)); // or honest pairs would take the room in the end
            }
        }

        return null;
    }

    private static string? CheckCaps(MempoolBench bench)
    {
        if (bench.Pool.Count > Options.MaxTransactions || bench.Pool.Bytes > Options.MaxBytes)
        {
            return $"{bench.Pool.Count} transactions wait, in {bench.Pool.Bytes} bytes";
        }

        Transaction? far = bench.Pool.Transactions.FirstOrDefault(
            static each => each.Terms.Nonce > (ulong)(Options.MaxNonceGap + Options.MaxPerSender));
        return far is null ? null : $"a transaction is {far.Terms.Nonce} nonces ahead";
    }

    private static Transaction Pay(MempoolBench bench, int person, ulong nonce) =>
        bench.Chain.Transfer(new Account(person), TestChain.Bob, 1, nonce, fee: 500);
}
