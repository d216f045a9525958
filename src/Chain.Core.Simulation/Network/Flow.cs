namespace Chain.Core.Simulation;

/// <summary>One direction of a connection that has something to send.</summary>
internal sealed class Flow(Endpoint local)
{
    public Endpoint Local { get; } = local;

    public int From { get; } = local.Owner.Index;

    public int To { get; } = local.Other.Owner.Index;

    /// <summary>Messages in order: bytes times a million, and who is told when they are gone.</summary>
    public Queue<(long Size, Action<Machines.Instant> Sent)> Waiting { get; } = new();

    /// <summary>What is left of the first of them, in bytes times a million.</summary>
    public long Remaining { get; set; }

    /// <summary>Bytes per second; at least 1.</summary>
    public long Rate { get; set; }
}
