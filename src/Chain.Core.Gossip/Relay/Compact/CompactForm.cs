using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Makes compact blocks.</summary>
internal static class CompactForm
{
    /// <summary>Two equal short ids in the largest block are one in 500,000: a second salt is enough nearly always.</summary>
    private const int MaxSalts = 4;

    /// <summary>The compact form of a block under a salt that gives no two equal short ids; null where none is found.</summary>
    /// <param name="block">The block.</param>
    /// <param name="prefilled">Places of the transactions that go whole, ascending.</param>
    /// <param name="random">Gives the salt.</param>
    public static PeerMessage.CompactBlock? Of(Block block, IReadOnlyList<int> prefilled, DeterministicRandom random)
    {
        PrefilledTransaction[] whole = [.. prefilled.Select(place => new PrefilledTransaction(place, block.Transactions[place]))];
        for (int i = 0; i < MaxSalts; i++)
        {
            ulong salt = random.NextUInt64();
            if (TryShorten(block, whole, new ShortIdKey(block.Id, salt)) is { } shortIds)
            {
                return new PeerMessage.CompactBlock(block.Header, salt, shortIds, whole) { Source = block };
            }
        }

        return null;
    }

    private static byte[]? TryShorten(Block block, PrefilledTransaction[] whole, in ShortIdKey key)
    {
        int count = block.Transactions.Count - whole.Length;
        byte[] shortIds = new byte[count * ShortIdKey.Size];
        var seen = new HashSet<ulong>(count);
        int nextWhole = 0;
        int written = 0;
        for (int i = 0; i < block.Transactions.Count; i++)
        {
            if (nextWhole < whole.Length && whole[nextWhole].Index == i)
            {
                nextWhole++;
                continue;
            }

            ulong id = key.Of(block.Transactions[i].Id);
            if (!seen.Add(id))
            {
                return null;
            }

            ShortIdKey.Write(id, shortIds.AsSpan(written++ * ShortIdKey.Size));
        }

        return shortIds;
    }
}
