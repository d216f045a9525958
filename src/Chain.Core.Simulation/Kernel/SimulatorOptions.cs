using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>What a simulation is made of beside its nodes. Immutable.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Everything random follows from it.</summary>
    /// <value>1 by default.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Whether messages are encoded by the sender and decoded by the receiver, as on a socket. Else they go by reference: as
    /// good for an honest protocol, faster, and digests then tell messages apart by their kind only.
    /// </summary>
    /// <value>True by default.</value>
    public bool EncodesMessages { get; init; } = true;

    /// <summary>After how many events the invariants are checked while it runs; also after each slice and control action.</summary>
    /// <value>256 by default; must be positive.</value>
    public int InvariantInterval { get; init; } = 256;

    /// <summary>The links between nodes.</summary>
    public NetworkModel Network { get; init; } = new();

    /// <summary>How long a node waits for a durable write.</summary>
    /// <value>One millisecond by default; not negative.</value>
    public TimeSpan DiskSync { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The wall-clock time at which the simulation starts.</summary>
    /// <value>2026-01-01T00:00:00Z by default.</value>
    public UnixTime StartTime { get; init; } = new(1_767_225_600_000);

    /// <summary>What a node's processor takes for steps and jobs, in place of <see cref="JobDuration"/>.</summary>
    /// <value>Null by default: steps take no time, and jobs of one node never wait for one another.</value>
    public IProcessorModel? Processor { get; init; }

    /// <summary>Whether the bytes of messages are counted though they go by reference: see <see cref="Simulator.Traffic"/>.</summary>
    /// <value>False by default: they are counted where they are encoded or a bandwidth is set.</value>
    public bool CountsBytes { get; init; }

    /// <summary>
    /// Whether nodes share what is equal among them: a job that another node ran with the same reads is not run again, and
    /// equal records of disks are one object. It saves time and memory and changes no digest.
    /// </summary>
    /// <value>True by default.</value>
    public bool SharesWork { get; init; } = true;

    /// <summary>
    /// On how many threads <see cref="Simulator.RunFor"/> simulates. With one or more it goes on in windows as long as the
    /// network's shortest latency, in which every node goes on by itself: the digest is the same, and the time less.
    /// <see cref="Simulator.EventObserved"/> is then told after each window, in the same order, and must make nothing
    /// happen before the window's end.
    /// </summary>
    /// <value>
    /// 0 by default, for one event after the other; at most 256. It is 0 where latencies may be zero, where bandwidth is shared
    /// fairly, while there are invariants or <see cref="Simulator.Traced"/> is set, and in <see cref="Simulator.RunUntil"/>.
    /// </value>
    public int Threads { get; init; }

    /// <summary>How long an offloaded job takes in simulated time.</summary>
    /// <value>One millisecond for every job by default. Not asked where there is a <see cref="Processor"/>.</value>
    public Func<Job, TimeSpan> JobDuration { get; init; } = _ => TimeSpan.FromMilliseconds(1);
}
