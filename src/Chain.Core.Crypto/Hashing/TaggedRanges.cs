namespace Chain.Core.Crypto;

/// <summary>Sorts messages of different lengths into lanes by their number of blocks.</summary>
/// <typeparam name="TLanes">The lanes: a struct, so that each kind is compiled for itself.</typeparam>
internal static class TaggedRanges<TLanes>
    where TLanes : struct, ISha256Lanes
{
    /// <summary>Longer messages go one by one: they are few, and the call is no longer what costs.</summary>
    private const int MaxBlocks = 16;

    public static void Hash(HashDomain domain, ReadOnlySpan<byte> bytes, ReadOnlySpan<Range> messages, Span<Hash256> digests)
    {
        Span<int> waiting = stackalloc int[MaxBlocks * TLanes.Count];
        Span<int> counts = stackalloc int[MaxBlocks];
        counts.Clear();
        for (int i = 0; i < messages.Length; i++)
        {
            (int start, int length) = messages[i].GetOffsetAndLength(bytes.Length);
            int blocks = Sha256Constants.PaddedBlocks(length);
            if (blocks > MaxBlocks || !LaneCost.Pays(TLanes.Count, blocks))
            {
                digests[i] = domain.Hash(bytes.Slice(start, length));
                continue;
            }

            Span<int> group = waiting.Slice((blocks - 1) * TLanes.Count, TLanes.Count);
            group[counts[blocks - 1]++] = i;
            if (counts[blocks - 1] == TLanes.Count)
            {
                Sha256Lanes<TLanes>.HashGroup(domain.Midstate, bytes, messages, group, digests);
                counts[blocks - 1] = 0;
            }
        }

        for (int blocks = 1; blocks <= MaxBlocks; blocks++)
        {
            HashRest(domain, bytes, messages, waiting.Slice((blocks - 1) * TLanes.Count, counts[blocks - 1]), blocks, digests);
        }
    }

    private static void HashRest(
        HashDomain domain, ReadOnlySpan<byte> bytes, ReadOnlySpan<Range> messages, ReadOnlySpan<int> group, int blocks, Span<Hash256> digests)
    {
        if (LaneCost.Pays(group.Length, blocks))
        {
            Sha256Lanes<TLanes>.HashGroup(domain.Midstate, bytes, messages, group, digests);
            return;
        }

        foreach (int i in group)
        {
            digests[i] = domain.Hash(bytes[messages[i]]);
        }
    }
}
