namespace Chain.Core.Simulation.Laboratory;

/// <summary>What was measured in one run. Times are in seconds of simulated time; null where there was nothing to measure.</summary>
public sealed record RunMeasures
{
    /// <summary>Transactions that users sent.</summary>
    public required int Sent { get; init; }

    /// <summary>Transactions that wallets held back, because too many of theirs were on their way.</summary>
    public required int HeldBack { get; init; }

    /// <summary>Times that a node refused one, for example because its pool was full.</summary>
    public required int Refused { get; init; }

    /// <summary>Transactions that were final at the end.</summary>
    public required int Final { get; init; }

    /// <summary>Transactions a second in blocks of the chain, while the load lasted.</summary>
    public double? CommittedRate { get; init; }

    /// <summary>The same in the second half of the load, when queues are filled that were empty at its beginning.</summary>
    public double? SteadyRate { get; init; }

    /// <summary>Transactions a second that became final, while the load lasted.</summary>
    public double? FinalRate { get; init; }

    /// <summary>From handing in to being in the chain of the user's node: ascending; those that never were, are missing.</summary>
    public required IReadOnlyList<double> Inclusion { get; init; }

    /// <summary>From handing in to being final at the user's node: ascending; those that never were, are missing.</summary>
    public required IReadOnlyList<double> Finality { get; init; }

    /// <summary>Blocks of the chain, of those made while the load lasted or after it.</summary>
    public required int ChainBlocks { get; init; }

    /// <summary>Blocks that did not stay on the chain, as a part of all.</summary>
    public double? StaleShare { get; init; }

    /// <summary>Views without a block, as a part of all; null for engines without views.</summary>
    public double? EmptyViews { get; init; }

    /// <summary>How often so many views without a block lay between two blocks, from none on; empty for engines without views.</summary>
    public required IReadOnlyList<int> ViewGaps { get; init; }

    /// <summary>From a block's making until the first node took it for final: ascending.</summary>
    public required IReadOnlyList<double> BlockFinality { get; init; }

    /// <summary>The time from block to block, on average.</summary>
    public double? BlockInterval { get; init; }

    /// <summary>Bytes of a block, on average.</summary>
    public double? BlockBytes { get; init; }

    /// <summary>Reorganisations, those of all nodes together.</summary>
    public required int Reorganisations { get; init; }

    /// <summary>The most blocks that one of them undid.</summary>
    public required int DeepestReorganisation { get; init; }

    /// <summary>How long a block took to half of the nodes: ascending, one for each block of the chain that reached them.</summary>
    public required IReadOnlyList<double> SpreadTo50 { get; init; }

    /// <summary>How long a block took to 90 % of the nodes.</summary>
    public required IReadOnlyList<double> SpreadTo90 { get; init; }

    /// <summary>How long a block took to 99 % of the nodes.</summary>
    public required IReadOnlyList<double> SpreadTo99 { get; init; }

    /// <summary>Bytes that each node sent for a transaction of the chain, on average, as encoded.</summary>
    public double? BytesPerTransaction { get; init; }

    /// <summary>Bytes that all nodes sent, by kind of message, the most first.</summary>
    public required IReadOnlyList<(string Kind, long Messages, long Bytes)> Traffic { get; init; }

    /// <summary>For each producer: its share of the power and of the blocks of the chain.</summary>
    public required IReadOnlyList<(double Power, double Blocks)> Fairness { get; init; }

    /// <summary>Half of what all shares of blocks differ from the shares of power: 0 is fair.</summary>
    public double? Unfairness { get; init; }

    /// <summary>The Gini coefficient of the blocks of producers: 0 where all have the same.</summary>
    public double? Gini { get; init; }

    /// <summary>How few producers control the chain by the blocks that they made.</summary>
    public int? Nakamoto { get; init; }

    /// <summary>Charged processor time of a node for each block of the chain, on average.</summary>
    public double? ProcessorPerBlock { get; init; }

    /// <summary>The busiest node's charged processor time as a part of one core.</summary>
    public double? BusiestProcessor { get; init; }

    /// <summary>Hashes of all nodes for each block of the chain; null where there are none.</summary>
    public double? HashesPerBlock { get; init; }

    /// <summary>From the end of the last fault until a block made afterwards was final at all running nodes; null where there is none.</summary>
    public double? Recovery { get; init; }

    /// <summary>The part of the power that a selfish miner or double spender has; null where there is none.</summary>
    public double? AdversaryPower { get; init; }

    /// <summary>The part of the blocks of the chain that it made; null where there is none.</summary>
    public double? AdversaryBlocks { get; init; }

    /// <summary>How many attempts of a double spender came to an end; null where there is none.</summary>
    public int? SpendAttempts { get; init; }

    /// <summary>How many of them undid a payment that had its confirmations.</summary>
    public int? SpendSuccesses { get; init; }

    /// <summary>An attacker's transactions that the chain took while the load lasted, a second; null where there is no spam.</summary>
    public double? SpamRate { get; init; }

    /// <summary>What became of the victim of an eclipse; null where there is none.</summary>
    public VictimMeasures? Victim { get; init; }

    /// <summary>What broke the promise of finality; null where nothing did.</summary>
    public string? SafetyFault { get; init; }

    /// <summary>What did not go on at the end; null where everything did.</summary>
    public string? LivenessFault { get; init; }

    /// <summary>The blocks, for pictures: when made (from the beginning of the load), at which height, by whom, and whether it stayed.</summary>
    public required IReadOnlyList<(double Made, ulong Height, int Producer, bool IsOnChain)> Blocks { get; init; }

    /// <summary>Transactions that became final in each second, for pictures.</summary>
    public required IReadOnlyList<(double Second, double Rate)> FinalOverTime { get; init; }
}
