using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>What a peer asked this node for: blocks, and what they changed.</summary>
internal sealed class PeerServing
{
    /// <summary>Blocks to load, in order; at most <see cref="SyncOptions.MaxServedBlocks"/> with those that are being loaded.</summary>
    public Queue<BlockId> Waiting { get; } = new();

    /// <summary>Blocks to load next, or that the host is loading.</summary>
    public List<BlockId> Loading { get; } = [];

    /// <summary>Whether the host was asked to load and has not answered.</summary>
    public bool IsAsked { get; set; }

    /// <summary>Blocks of which the peer asked lately what they changed; null for nearly every peer, which never does.</summary>
    public List<(BlockId Block, Instant At)>? StateChanges { get; set; }
}
