using Chain.Core.Machines;

namespace Chain.Core.Gossip;

/// <summary>What the fetching of bodies remembers of a peer.</summary>
internal sealed class PeerFetch(SyncOptions options, Instant now)
{
    /// <summary>A new peer is asked for few bodies, until it has shown that it delivers.</summary>
    private const int FirstWindow = 4;

    /// <summary>One more with each delivery, half after a stall.</summary>
    private int _window = FirstWindow;
    private int _limit = 1;
    private bool _isFilling;

    /// <summary>Bodies that the peer is asked for.</summary>
    public int Asked { get; set; }

    /// <summary>Stalls in a row.</summary>
    public int Stalls { get; private set; }

    /// <summary>When the peer last delivered, or was first asked after having delivered everything.</summary>
    public Instant LastProgress { get; set; } = now;

    /// <summary>Until when the peer is not asked, after a stall.</summary>
    public Instant RestsUntil { get; private set; } = now;

    /// <summary>
    /// Blocks that the peer was asked for, whole or compact. Each may come twice: a block that was on its way unasked when it
    /// was asked for comes before its answer.
    /// </summary>
    public OwedAnswers Blocks { get; } = new(perRequest: 2, most: 2 * options.MaxAskedBlocksOfPeer);

    /// <summary>Blocks of which the peer was asked for some transactions.</summary>
    public OwedAnswers Parts { get; } = new(perRequest: 1, most: 2 * options.MaxAskedBlocksOfPeer);

    public bool HasRoom => _isFilling && Asked < _limit;

    /// <summary>Bodies that the peer could be asked for besides.</summary>
    public int Room => _limit - Asked;

    /// <summary>Opens the window once a quarter of it is free: few requests for many blocks each.</summary>
    /// <param name="now">The time.</param>
    /// <param name="max">Most bodies to ask for, whatever the window.</param>
    public void StartFilling(Instant now, int max)
    {
        _limit = int.Min(_window, max);
        _isFilling = now >= RestsUntil && Asked <= _limit - int.Max(_limit / 4, 1);
    }

    public void OnDelivered(Instant now, int maxWindow)
    {
        LastProgress = now;
        Stalls = 0;
        _window = int.Min(_window + 1, maxWindow);
    }

    public void OnSlow() => _window = int.Max(_window / 2, 1);

    public void OnStalled(Instant until)
    {
        OnSlow();
        Stalls++;
        RestsUntil = until;
    }
}
