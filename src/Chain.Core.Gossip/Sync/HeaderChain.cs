using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Checks that headers hang together, before anything costlier is done with them.</summary>
internal static class HeaderChain
{
    public static bool IsConnected(IReadOnlyList<BlockHeader> headers)
    {
        for (int i = 1; i < headers.Count; i++)
        {
            BlockHeader previous = headers[i - 1];
            if (headers[i].Parent != previous.Id
                || headers[i].Height <= previous.Height
                || headers[i].Height.Value - previous.Height.Value != 1)
            {
                return false;
            }
        }

        return true;
    }
}
