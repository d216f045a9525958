using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>What header synchronisation remembers of a peer. A part of its <see cref="Peer"/>: not to be copied.</summary>
internal struct PeerChain()
{
    /// <summary>What the peer says that its head is.</summary>
    public BlockId ClaimedHead { get; set; }

    /// <summary>What it claimed as its head when it was last asked for headers, or what its answer ends with.</summary>
    public BlockId AskedHead { get; set; }

    /// <summary>How often in a row its answer led to nothing because it claimed another head meanwhile.</summary>
    public int Moves { get; set; }

    public BlockHeight ClaimedHeight { get; set; }

    /// <summary>The last block that it announced when what leads up to that was not known here.</summary>
    public BlockHeader? Unconnected { get; set; }

    /// <summary>Whether the claimed head was unknown here and the peer has not been asked out yet.</summary>
    public bool OffersHeaders { get; set; }

    /// <summary>When the peer is asked again after headers that the block tree had no room for; null where there were none.</summary>
    public Instant? AskAgainAt { get; set; }

    /// <summary>How often in a row the block tree took none of the peer's headers.</summary>
    public int Postponements { get; set; }

    /// <summary>Requests for headers that the peer has not answered.</summary>
    public int OpenRequests { get; set; }

    /// <summary>Requests for headers in a row that timed out.</summary>
    public int Stalls { get; set; }

    /// <summary>Batches that the block tree has not judged yet, oldest first.</summary>
    public Queue<HeaderBatch> Unjudged { get; } = new();
}
