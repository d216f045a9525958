using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Blocks that a peer asked this node for.</summary>
internal sealed class PeerServing
{
    /// <summary>Blocks to load, in order; at most <see cref="SyncOptions.MaxServedBlocks"/> with those that are being loaded.</summary>
    public Queue<BlockId> Waiting { get; } = new();

    /// <summary>Blocks to load next, or that the host is loading.</summary>
    public List<BlockId> Loading { get; } = [];

    /// <summary>Whether the host was asked to load and has not answered.</summary>
    public bool IsAsked { get; set; }
}
