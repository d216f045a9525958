using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Relay of transactions and announcements of blocks.</summary>
public sealed record RelayOptions
{
    /// <summary>How long new transactions are collected, at the longest, before they are announced; drawn anew for each peer and batch.</summary>
    /// <value>150 milliseconds by default; from a millisecond to a minute.</value>
    public TimeSpan AnnounceInterval { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>The shortest time between two announcements of blocks; what comes in between is announced together.</summary>
    /// <value>50 milliseconds by default; from a millisecond to a minute. The first one after a pause goes out at once.</value>
    public TimeSpan BlockInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>In which form blocks near the head go from node to node; peers that know no compact blocks get whole ones.</summary>
    /// <value><see cref="BlockRelay.CompactPush"/> by default.</value>
    public BlockRelay Blocks { get; init; } = BlockRelay.CompactPush;

    /// <summary>Peers that this node asks to push compact blocks: those that brought a new block first lately.</summary>
    /// <value>3 by default; from 0 to 100. Only with <see cref="BlockRelay.CompactPush"/>.</value>
    public int PushingPeers { get; init; } = 3;

    /// <summary>Peers that are sent a block of this node's own whole and unasked; the others hear of it by its header.</summary>
    /// <value>16 by default; from 0 to 1,000.</value>
    public int PushPeers { get; init; } = 16;

    /// <summary>The largest block that is sent unasked: larger ones are announced by their headers only.</summary>
    /// <value>256 KiB by default; from 0 to <see cref="WireLimits.BlockBytes"/>.</value>
    public int PushBytes { get; init; } = 256 * 1024;

    /// <summary>How long a peer has to deliver a transaction before another one is asked.</summary>
    /// <value>Two seconds by default; from a millisecond to an hour.</value>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Blocks of which each peer is remembered to know; the oldest are forgotten in halves.</summary>
    /// <value>16,384 by default; from 16 to 1,000,000.</value>
    public int KnownPerPeer { get; init; } = 16_384;

    /// <summary>Transactions that are remembered as received, whatever came of them.</summary>
    /// <value>131,072 by default; from 16 to 10,000,000.</value>
    public int RecentlySeen { get; init; } = 131_072;

    /// <summary>Transactions that are asked for at the same time.</summary>
    /// <value>16,384 by default; from 1 to 1,000,000.</value>
    public int MaxAsked { get; init; } = 16_384;

    /// <summary>Transactions that one peer is asked for at the same time.</summary>
    /// <value>4,096 by default; from 1 to <see cref="MaxAsked"/>.</value>
    public int MaxAskedOfPeer { get; init; } = 4096;

    /// <summary>Peers that are remembered to have announced a transaction that is asked for.</summary>
    /// <value>8 by default; from 1 to 1,000.</value>
    public int MaxAnnouncers { get; init; } = 8;

    /// <summary>A peer whose claimed head is higher by more than this is not told of new blocks: it has passed them.</summary>
    /// <value>8 blocks by default; from 0 to 1,000,000.</value>
    public int AnnounceDepth { get; init; } = 8;

    internal void Validate()
    {
        OptionRange.Check(AnnounceInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), nameof(AnnounceInterval));
        OptionRange.Check(BlockInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), nameof(BlockInterval));
        OptionRange.Check((int)Blocks, (int)BlockRelay.Announce, (int)BlockRelay.CompactPush, nameof(Blocks));
        OptionRange.Check(PushingPeers, 0, 100, nameof(PushingPeers));
        OptionRange.Check(PushPeers, 0, 1000, nameof(PushPeers));
        OptionRange.Check(PushBytes, 0, WireLimits.BlockBytes, nameof(PushBytes));
        OptionRange.CheckTime(RequestTimeout, nameof(RequestTimeout), maxHours: 1);
        OptionRange.Check(KnownPerPeer, 16, 1_000_000, nameof(KnownPerPeer));
        OptionRange.Check(RecentlySeen, 16, 10_000_000, nameof(RecentlySeen));
        OptionRange.Check(MaxAsked, 1, 1_000_000, nameof(MaxAsked));
        OptionRange.Check(MaxAskedOfPeer, 1, MaxAsked, nameof(MaxAskedOfPeer));
        OptionRange.Check(MaxAnnouncers, 1, 1000, nameof(MaxAnnouncers));
        OptionRange.Check(AnnounceDepth, 0, 1_000_000, nameof(AnnounceDepth));
    }
}
