using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Looks for ids that stand twice in a request.</summary>
internal static class RequestCheck
{
    public static bool HasRepeats(IReadOnlyList<TransactionId> ids, IdComparer comparer)
    {
        var seen = new HashSet<Hash256>(ids.Count, comparer);
        for (int i = 0; i < ids.Count; i++)
        {
            if (!seen.Add(ids[i].Value))
            {
                return true;
            }
        }

        return false;
    }

    public static bool HasRepeats(IReadOnlyList<BlockId> ids, IdComparer comparer)
    {
        if (ids.Count <= 1)
        {
            return false; // as nearly always
        }

        var seen = new HashSet<Hash256>(ids.Count, comparer);
        for (int i = 0; i < ids.Count; i++)
        {
            if (!seen.Add(ids[i].Value))
            {
                return true;
            }
        }

        return false;
    }
}
