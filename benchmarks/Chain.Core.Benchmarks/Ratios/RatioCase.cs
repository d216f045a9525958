namespace Chain.Core.Benchmarks.Ratios;

/// <summary>One figure: the same work done by us and by a peer that a user could pick instead.</summary>
internal sealed record RatioCase
{
    /// <summary>What the command line calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Whom we are compared with; without a peer, what the figure holds.</summary>
    public required string Peer { get; init; }

    /// <summary>What is counted, in the plural: <c>signatures</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>How many of them one call of either side does.</summary>
    public required int UnitsPerCall { get; init; }

    /// <summary>The ratio to reach on this processor.</summary>
    public required RatioTarget Target { get; init; }

    /// <summary>How many units a second are asked for where there is no peer; the ratio is then against this number.</summary>
    public double? Required { get; init; }

    /// <summary>Whether it takes minutes, so that it is measured only when it is named.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Whether one core is meant, and so the CPU time of the calling thread is measured.</summary>
    public bool OneCore { get; init; } = true;

    /// <summary>Whether both sides work on threads of their own, and so the CPU time of the process is measured.</summary>
    public bool WholeProcess { get; init; }

    /// <summary>How long each side runs before it is measured, by the clock of the figure: until the just-in-time compiler has reached its last tier.</summary>
    /// <value>1.5 seconds by default; a side of much code on many threads, which the compiler shares the clock with, needs more.</value>
    public double WarmUpSeconds { get; init; } = 1.5;

    /// <summary>Makes the inputs of both sides; only called when the figure is wanted.</summary>
    public required Func<Contest> Prepare { get; init; }
}
