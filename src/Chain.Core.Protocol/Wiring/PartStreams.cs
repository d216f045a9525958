using Chain.Core.Machines;

namespace Chain.Core.Protocol;

/// <summary>A stream of randomness for each part, so that one part's draws do not shift another's.</summary>
internal sealed class PartStreams(DeterministicRandom source)
{
    public DeterministicRandom Gossip { get; } = source.Fork((ulong)NodePart.Gossip);

    public DeterministicRandom Mempool { get; } = source.Fork((ulong)NodePart.Mempool);

    public DeterministicRandom Engine { get; } = source.Fork((ulong)NodePart.Engine);
}
