using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>What an engine of the laboratory gives for one run.</summary>
public sealed record EngineSetup
{
    /// <summary>The plug-in of each node, by the node's number. All give the same genesis.</summary>
    public required Func<int, IConsensusPlugin> Consensus { get; init; }

    /// <summary>Changes to the options of each node, by its number: keys, for example.</summary>
    /// <value>No change by default.</value>
    public Func<int, FullNodeOptions, FullNodeOptions> Node { get; init; } = static (_, options) => options;

    /// <summary>Modules that the engine needs in the ledger, each with its genesis data.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<(Module Module, ReadOnlyMemory<byte> Genesis)> Modules { get; init; } = [];

    /// <summary>
    /// How many blocks on top make a block count as final, for engines that finalize nothing. The verdict on safety is then
    /// about that promise, which only chance keeps.
    /// </summary>
    /// <value>Null by default: final is what the engine finalizes.</value>
    public int? FinalDepth { get; init; }

    /// <summary>Which part of all power must act together to stop or rewrite the chain; for the Nakamoto coefficient.</summary>
    /// <value>A half by default.</value>
    public double ControlShare { get; init; } = 0.5;

    /// <summary>How long a node computes to check the header of a block.</summary>
    /// <value>Zero by default.</value>
    public TimeSpan HeaderCheck { get; init; }

    /// <summary>How long a job takes that stands for other work than it does, such as a search for a seal; null for ordinary jobs.</summary>
    /// <value>Null for all jobs by default. Arguments: the node's number, the job, its result.</value>
    public Func<int, Job, JobResult, JobCharge?> JobCharge { get; init; } = static (_, _, _) => null;

    /// <summary>In which view a block was proposed, for engines that have views: a view without a block is an empty one.</summary>
    /// <value>Null by default: there are none.</value>
    public Func<BlockHeader, ulong>? ViewOf { get; init; }

    /// <summary>Hashes a second of all nodes together, as a measure of energy.</summary>
    /// <value>0 by default.</value>
    public double HashesPerSecond { get; init; }

    /// <summary>What is simulated instead of done, in sentences for the report.</summary>
    /// <value>Nothing by default.</value>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
