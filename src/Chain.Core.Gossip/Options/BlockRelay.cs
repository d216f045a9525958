namespace Chain.Core.Gossip;

/// <summary>In which form blocks near the head go from node to node.</summary>
public enum BlockRelay
{
    /// <summary>New blocks are announced by their headers, and fetched and pushed whole.</summary>
    Announce = 0,

    /// <summary>As <see cref="Announce"/>, but fetched, and pushed by their maker, as compact blocks: the least bytes.</summary>
    Compact,

    /// <summary>As <see cref="Compact"/>, and a few peers are asked to push new blocks unasked: the least delay.</summary>
    CompactPush,
}
