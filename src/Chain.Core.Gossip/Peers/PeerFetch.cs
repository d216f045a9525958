using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>What the fetching of bodies remembers of a peer.</summary>
internal sealed class PeerFetch(Instant now)
{
    /// <summary>A new peer is asked for few bodies, until it has shown that it delivers.</summary>
    private const int FirstWindow = 4;

    /// <summary>More than cross on the wire.</summary>
    private const int MaxCrossing = 16;

    private readonly List<BlockId> _crossing = [];

    /// <summary>One more with each delivery, half after a stall.</summary>
    private int _window = FirstWindow;
    private int _limit = 1;
    private bool _isFilling;

    /// <summary>Bodies that the peer is asked for.</summary>
    public int Asked { get; set; }

    /// <summary>Stalls in a row.</summary>
    public int Stalls { get; private set; }

    /// <summary>Requests that were given to other peers and may still be answered.</summary>
    public int LateAnswers { get; set; }

    /// <summary>When the peer last delivered, or was first asked after having delivered everything.</summary>
    public Instant LastProgress { get; set; } = now;

    /// <summary>Until when the peer is not asked, after a stall.</summary>
    public Instant RestsUntil { get; private set; } = now;

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

    /// <summary>
    /// A block came that the peer was asked for. It may have been on its way unasked when the request was made, so that the
    /// answer is still to come.
    /// </summary>
    public void ExpectAgain(BlockId block)
    {
        if (_crossing.Count == MaxCrossing)
        {
            _crossing.RemoveAt(0);
        }

        _crossing.Add(block);
    }

    /// <summary>Whether a block that is here already may come once more; it may not a third time.</summary>
    public bool TakeAgain(BlockId block) => _crossing.Remove(block);

    public void OnSlow() => _window = int.Max(_window / 2, 1);

    public void OnStalled(Instant until)
    {
        OnSlow();
        Stalls++;
        RestsUntil = until;
    }
}
