using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;
using static Chain.Core.Simulation.Tests.Chains.Chains;

namespace Chain.Core.Simulation.Tests.Chains;

/// <summary>
/// What waited when a node was killed or lost its power: a kill loses the last interval, a loss of power what was not
/// synced, torn records and all; the start always succeeds and never takes in what nobody sent.
/// </summary>
public class PoolKeepingTests
{
    private static readonly TimeSpan Interval = new MempoolOptions().SaveInterval;

    [Fact]
    public void Kill_AtAnyEffect_LosesTheLastIntervalOnly() => Seeds.ForEach(20, 2000, static seed =>
        Assert.Null(WhatIsWrong(seed, keepsWrites: true, static options => options)));

    [Fact]
    public void Kill_MutantThatWritesNothing_IsFound() =>
        Assert.NotNull(WhatIsWrong(1, keepsWrites: true, static options => options with { IsKept = false }));

    [Fact]
    public void Kill_MutantThatWritesTooSeldom_IsFound() =>
        Assert.NotNull(WhatIsWrong(1, keepsWrites: true, static options => options with { SaveInterval = TimeSpan.FromMinutes(10) }));

    [Fact]
    public void PowerLoss_AtAnyEffect_StartsWithSomeOfWhatWasSent() => Seeds.ForEach(20, 2000, static seed =>
        Assert.Null(WhatIsWrong(seed, keepsWrites: false, static options => options)));

    /// <summary>A node without blocks takes transfers for some seconds and dies at an effect of the seed's choice; null where all is well.</summary>
    private static string? WhatIsWrong(ulong seed, bool keepsWrites, Func<MempoolOptions, MempoolOptions> change)
    {
        SimulatedChain chain = Dev(seed, change: options => options with { Mempool = change(options.Mempool) });
        SimulatedNode node = chain.AddNode(producesBlocks: false);
        chain.Simulator.RunFor(Seconds(1));
        var random = new DeterministicRandom(seed).Fork(3);
        Simulator.CrashAtEffect(node, node.Effected + 40 + random.NextIndex(60), keepsWrites);
        var sent = new List<(Transaction Transfer, Instant At)>();
        Instant? died = null;
        for (int i = 0; i < 60 && node.IsRunning; i++)
        {
            SimulatedAccount payer = chain.Accounts[random.NextIndex(chain.Accounts.Count)];
            Transaction transfer = payer.Transfer(chain, chain.Accounts[0].Address, 1);
            sent.Add((transfer, chain.Simulator.Now));
            chain.Simulator.Submit(node, transfer);
            chain.Simulator.RunFor(TimeSpan.FromMilliseconds(20 + random.NextIndex(300)));
            died = node.IsRunning ? null : chain.Simulator.Now;
        }

        if (died is not { } end)
        {
            return "the node did not die";
        }

        Simulator.CrashNever(node);
        chain.Simulator.Restart(node);
        chain.Simulator.RunFor(Seconds(1));
        return FindDifference(chain, node, sent, end, keepsWrites);
    }

    private static string? FindDifference(
        SimulatedChain chain, SimulatedNode node, List<(Transaction Transfer, Instant At)> sent, Instant died, bool keepsWrites)
    {
        int waiting = SimulatedChain.MachineOf(node).MempoolCount;
        HashSet<TransactionId> kept = [.. sent.Select(static each => each.Transfer.Id).Where(Waits)];
        int early = sent.Count(each => each.At + Interval + Seconds(0.5) < died); // the step in which it died may be 0.3 s back
        if (waiting != kept.Count)
        {
            return $"{waiting} transactions wait, of which {kept.Count} were sent";
        }

        if (keepsWrites && !sent.Take(early).All(each => kept.Contains(each.Transfer.Id)))
        {
            return $"of {early} transfers that were sent early enough, {sent.Take(early).Count(each => kept.Contains(each.Transfer.Id))} are left";
        }

        // All of it still works: the rest is sent again, and everything is sealed.
        sent.ForEach(each => chain.Simulator.Submit(node, each.Transfer));
        chain.Simulator.RunFor(Seconds(2));
        int all = SimulatedChain.MachineOf(node).MempoolCount;
        return all == sent.Count ? null : $"{all} of {sent.Count} transfers wait after they were sent again";

        bool Waits(TransactionId id) => ChainRecordsOfPool(node).Contains(id);
    }

    private static HashSet<TransactionId> ChainRecordsOfPool(SimulatedNode node) => [.. node.Disk.Scan(LedgerKeys.PooledPrefix.ToArray())
        .Select(static record => WireValue.TryDecode(record.Value[sizeof(ulong)..], out Transaction? transaction, out _) ? transaction.Id : default)];
}
