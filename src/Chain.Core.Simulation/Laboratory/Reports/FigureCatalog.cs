namespace Chain.Core.Simulation.Laboratory;

/// <summary>The figures of the laboratory: what tables, files and comparisons are made of.</summary>
public static class FigureCatalog
{
    /// <summary>All figures, in the order of tables.</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        new("committed_tps", "committed", "tx/s", 1, static run => run.CommittedRate),
        new("steady_tps", "committed in the second half of the load", "tx/s", 1, static run => run.SteadyRate),
        new("final_tps", "final", "tx/s", 1, static run => run.FinalRate),
        new("sent", "sent", "tx", 0, static run => run.Sent),
        new("final_share", "became final", "%", 1, static run => run.Sent == 0 ? null : 100.0 * run.Final / run.Sent),
        new("held_back", "held back by wallets", "tx", -1, static run => run.HeldBack),
        new("refused", "refused by nodes", "times", -1, static run => run.Refused),
        new("inclusion_p50", "inclusion p50", "s", -1, static run => Percentile.Of(run.Inclusion, 50, run.Sent)),
        new("inclusion_p95", "inclusion p95", "s", -1, static run => Percentile.Of(run.Inclusion, 95, run.Sent)),
        new("inclusion_p99", "inclusion p99", "s", -1, static run => Percentile.Of(run.Inclusion, 99, run.Sent)),
        new("finality_p50", "finality p50", "s", -1, static run => Percentile.Of(run.Finality, 50, run.Sent)),
        new("finality_p95", "finality p95", "s", -1, static run => Percentile.Of(run.Finality, 95, run.Sent)),
        new("finality_p99", "finality p99", "s", -1, static run => Percentile.Of(run.Finality, 99, run.Sent)),
        new("chain_blocks", "blocks", "", 0, static run => run.ChainBlocks),
        new("block_interval", "block interval", "s", 0, static run => run.BlockInterval),
        new("block_bytes", "block size", "bytes", 0, static run => run.BlockBytes),
        new("block_finality", "block made to final, median", "s", -1, static run => Percentile.Of(run.BlockFinality, 50)),
        new("stale", "stale blocks", "%", -1, static run => 100 * run.StaleShare),
        new("empty_views", "empty views", "%", -1, static run => 100 * run.EmptyViews),
        new("reorganisations", "reorganisations", "", -1, static run => run.Reorganisations),
        new("deepest_reorganisation", "deepest reorganisation", "blocks", -1, static run => run.DeepestReorganisation),
        new("spread_50", "block at 50 % of nodes, median", "s", -1, static run => Percentile.Of(run.SpreadTo50, 50)),
        new("spread_90", "block at 90 % of nodes, median", "s", -1, static run => Percentile.Of(run.SpreadTo90, 50)),
        new("spread_99", "block at 99 % of nodes, median", "s", -1, static run => Percentile.Of(run.SpreadTo99, 50)),
        new("bytes_per_tx", "bytes per node and transaction", "bytes", -1, static run => run.BytesPerTransaction),
        new("unfairness", "blocks against power, distance", "%", -1, static run => 100 * run.Unfairness),
        new("gini", "Gini coefficient of blocks", "", 0, static run => run.Gini),
        new("nakamoto", "Nakamoto coefficient", "producers", 1, static run => run.Nakamoto),
        new("processor_per_block", "processor time per node and block", "s", -1, static run => run.ProcessorPerBlock),
        new("busiest_processor", "busiest node", "% of a core", -1, static run => 100 * run.BusiestProcessor),
        new("hashes_per_block", "hashes per block", "", -1, static run => run.HashesPerBlock),
        new("recovery", "recovery after the last fault", "s", -1, static run => run.Recovery),
        new("adversary_power", "power of the adversary's miner", "%", 0, static run => 100 * run.AdversaryPower),
        new("adversary_blocks", "blocks of the adversary's miner", "%", -1, static run => 100 * run.AdversaryBlocks),
        new("spend_attempts", "attempts to spend twice", "", 0, static run => run.SpendAttempts),
        new("spend_successes", "payments undone, of these", "%", -1, static run => run.SpendAttempts > 0 ? 100.0 * run.SpendSuccesses / run.SpendAttempts : null),
        new("spam_tps", "spam on the chain", "tx/s", -1, static run => run.SpamRate),
        new("victim_attackers", "victim's connections to the attacker", "%", -1, static run => run.Victim is { Peers: > 0 } victim ? 100.0 * victim.Attackers / victim.Peers : null),
        new("victim_behind", "blocks that the victim lacks", "", -1, static run => run.Victim?.Behind),
        new("victim_alone", "blocks that only the victim has", "", -1, static run => run.Victim?.Alone),
        new("safe", "safety kept", "", 1, static run => run.SafetyFault is null ? 1 : 0),
        new("live", "liveness kept", "", 1, static run => run.LivenessFault is null ? 1 : 0),
    ];

    /// <summary>The figure with a key.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static Figure Find(string key) => All.FirstOrDefault(each => each.Key == key) ?? throw new KeyNotFoundException($"there is no figure {key}");
}
