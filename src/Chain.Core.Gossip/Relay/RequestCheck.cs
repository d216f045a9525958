using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Looks for ids that stand twice in a request.</summary>
internal static class RequestCheck
{
    public static bool HasRepeats(IReadOnlyList<TransactionId> ids, IdComparer comparer)
    {
        var seen = new HashSet<Hash256>(comparer);
        foreach (TransactionId id in ids)
        {
            if (!seen.Add(id.Value))
            {
                return true;
            }
        }

        return false;
    }

    public static bool HasRepeats(IReadOnlyList<BlockId> ids, IdComparer comparer)
    {
        var seen = new HashSet<Hash256>(comparer);
        foreach (BlockId id in ids)
        {
            if (!seen.Add(id.Value))
            {
                return true;
            }
        }

        return false;
    }
}
