using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Catch-up: headers from one peer at a time, bodies from several at once.</summary>
public sealed record SyncOptions
{
    /// <summary>How long a peer has to answer a request for headers before another one is asked.</summary>
    /// <value>Two seconds by default; from a millisecond to an hour.</value>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a peer that was asked for small blocks may deliver none before others are asked.</summary>
    /// <value>Two seconds by default; from a millisecond to an hour. See <see cref="MinBytesPerSecond"/> for large ones.</value>
    public TimeSpan BlockTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often in a row a peer may let requests time out before it is cut.</summary>
    /// <value>4 by default; from 1 to 1,000.</value>
    public int MaxStalls { get; init; } = 4;

    /// <summary>Bodies that are remembered as wanted.</summary>
    /// <value>1,024 by default; from 1 to 1,000,000.</value>
    public int MaxWantedBlocks { get; init; } = 1024;

    /// <summary>Bodies that are asked for at the same time.</summary>
    /// <value>64 by default; from 1 to <see cref="MaxWantedBlocks"/>.</value>
    public int MaxAskedBlocks { get; init; } = 64;

    /// <summary>Bodies that one peer is asked for at the same time, once it has shown that it delivers.</summary>
    /// <value>64 by default, so that one good peer among bad ones can fill the window; from 1 to <see cref="MaxServedBlocks"/>.</value>
    public int MaxAskedBlocksOfPeer { get; init; } = 64;

    /// <summary>
    /// Bytes of bodies that one peer is asked for at the same time, by the size of those that came lately; one body
    /// is always asked for. Less than what a peer's transport lets wait for a slow receiver before it gives up.
    /// </summary>
    /// <value>512 KiB by default; from 1 KiB to 1 GiB.</value>
    public int MaxAskedBytesOfPeer { get; init; } = 512 * 1024;

    /// <summary>The slowest peer to wait for: large bodies may take this much longer than <see cref="BlockTimeout"/>.</summary>
    /// <value>128 KiB a second by default; from 1 byte to 1 GiB.</value>
    public int MinBytesPerSecond { get; init; } = 128 * 1024;

    /// <summary>Bodies that a peer may have asked this node for at the same time.</summary>
    /// <value>128 by default; from 1 to 1,024.</value>
    public int MaxServedBlocks { get; init; } = 128;

    /// <summary>Bodies that the host is asked to load at a time, for one peer.</summary>
    /// <value>16 by default; from 1 to <see cref="MaxServedBlocks"/>.</value>
    public int ServedBatch { get; init; } = 16;

    internal void Validate()
    {
        OptionRange.CheckTime(HeadersTimeout, nameof(HeadersTimeout), maxHours: 1);
        OptionRange.CheckTime(BlockTimeout, nameof(BlockTimeout), maxHours: 1);
        OptionRange.Check(MaxStalls, 1, 1000, nameof(MaxStalls));
        OptionRange.Check(MaxWantedBlocks, 1, 1_000_000, nameof(MaxWantedBlocks));
        OptionRange.Check(MaxAskedBlocks, 1, MaxWantedBlocks, nameof(MaxAskedBlocks));
        OptionRange.Check(MaxAskedBytesOfPeer, 1024, 1 << 30, nameof(MaxAskedBytesOfPeer));
        OptionRange.Check(MinBytesPerSecond, 1, 1 << 30, nameof(MinBytesPerSecond));
        OptionRange.Check(MaxServedBlocks, 1, WireLimits.InventoryIds, nameof(MaxServedBlocks));
        OptionRange.Check(MaxAskedBlocksOfPeer, 1, MaxServedBlocks, nameof(MaxAskedBlocksOfPeer));
        OptionRange.Check(ServedBatch, 1, MaxServedBlocks, nameof(ServedBatch));
    }
}
