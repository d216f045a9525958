using System.Text;
using Chain.Core.Wire;

namespace Chain.Core.Transport;

/// <summary>The reasons in goodbyes: ours are cut to their limit, a peer's must not disturb a log.</summary>
internal static class GoodbyeText
{
    public static PeerMessage.Goodbye From(string reason)
    {
        string text = reason;
        while (Encoding.UTF8.GetByteCount(text) > WireLimits.TextBytes)
        {
            int excess = (Encoding.UTF8.GetByteCount(text) - WireLimits.TextBytes + 2) / 3;
            text = text[..^Math.Max(1, excess)];
        }

        return new PeerMessage.Goodbye(text);
    }

    public static string Show(PeerMessage.Goodbye goodbye) =>
        "goodbye: " + string.Concat(goodbye.Reason.Select(c => char.IsControl(c) ? '?' : c));
}
