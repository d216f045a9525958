namespace Chain.Core.Soak.Quiet;

/// <summary>Whether a follower was told of every block, once and in order.</summary>
internal sealed class EventOrder(Action<string> violate)
{
    private ulong? _head;

    public void Take(string kind, ulong height)
    {
        switch (kind.ToUpperInvariant())
        {
            case "ADDED":
                if (_head is { } head && height != head + 1)
                {
                    violate($"a follower was told of #{height} after #{head}");
                }

                _head = height;
                break;
            case "REMOVED":
                _head = height - 1;
                break;
            case "LAGGED":
                violate($"a follower that reads lagged behind at #{height}");
                break;
        }
    }
}
