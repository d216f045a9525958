using Chain.Core.Machines;

namespace Chain.Core.Gossip;

/// <summary>What the fetching of bodies remembers of a peer.</summary>
internal sealed class PeerFetch(Instant now)
{
    /// <summary>A new peer is asked for few bodies, until it has shown that it delivers.</summary>
    private const int FirstWindow = 4;

    /// <summary>Bodies that the peer is asked for.</summary>
    public int Asked { get; set; }

    /// <summary>Most bodies to ask the peer for: one more with each delivery, half after a stall.</summary>
    public int Window { get; private set; } = FirstWindow;

    /// <summary>Stalls in a row.</summary>
    public int Stalls { get; private set; }

    /// <summary>Requests that were given to other peers and may still be answered.</summary>
    public int LateAnswers { get; set; }

    /// <summary>When the peer last delivered, or was first asked after having delivered everything.</summary>
    public Instant LastProgress { get; set; } = now;

    /// <summary>Until when the peer is not asked, after a stall.</summary>
    public Instant RestsUntil { get; private set; } = now;

    /// <summary>Whether the peer is asked for more in this step.</summary>
    public bool IsFilling { get; private set; }

    public bool HasRoom => IsFilling && Asked < Window;

    /// <summary>Opens the window once a quarter of it is free: few requests for many blocks each.</summary>
    public void StartFilling(Instant now) => IsFilling = now >= RestsUntil && Asked <= Window - int.Max(Window / 4, 1);

    public void OnDelivered(Instant now, int maxWindow)
    {
        LastProgress = now;
        Stalls = 0;
        Window = int.Min(Window + 1, maxWindow);
    }

    public void OnSlow() => Window = int.Max(Window / 2, 1);

    public void OnStalled(Instant until)
    {
        OnSlow();
        Stalls++;
        RestsUntil = until;
    }
}
