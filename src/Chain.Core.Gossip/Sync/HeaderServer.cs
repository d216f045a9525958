using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Answers requests for headers.</summary>
internal sealed class HeaderServer(IChainView chain)
{
    /// <summary>The largest message holds this much and one header with the largest seal more.</summary>
    private const int MaxBytes = (1024 * 1024) - WireLimits.SealBytes - 1024;

    /// <summary>Whether there was no room for more headers in an answer.</summary>
    public static bool IsFull(IReadOnlyList<BlockHeader> headers)
    {
        if (headers.Count >= WireLimits.Headers)
        {
            return true;
        }

        int bytes = 0;
        for (int i = 0; i < headers.Count; i++)
        {
            bytes += headers[i].Encoded.Length;
        }

        return bytes >= MaxBytes;
    }

    public void OnRequested(Peer peer, IReadOnlyList<BlockId> locator, in Step step)
    {
        IReadOnlyList<BlockHeader> found = chain.HeadersAfter(locator, WireLimits.Headers);
        var headers = new List<BlockHeader>(found.Count);
        int bytes = 0;
        for (int i = 0; i < found.Count && i < WireLimits.Headers && bytes < MaxBytes; i++)
        {
            headers.Add(found[i]);
            bytes += found[i].Encoded.Length;
        }

        step.Effects.Send(peer.Id, new PeerMessage.Headers(headers));
    }
}
