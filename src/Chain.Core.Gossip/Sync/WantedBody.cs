using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>A block whose body is wanted.</summary>
internal sealed class WantedBody(WantedBlock block, ulong sequence, Instant now)
{
    private readonly List<ConnectionId> _sources = [];
    private readonly List<ConnectionId> _tried = [];
    private readonly List<ConnectionId> _lacking = [];

    public BlockId Id => block.Id;

    public BlockHeight Height => block.Height;

    /// <summary>In which order bodies of the same height were wanted.</summary>
    public ulong Sequence => sequence;

    /// <summary>Who is asked for it; null where nobody is.</summary>
    public ConnectionId? AskedOf { get; private set; }

    /// <summary>When it was last asked for or given up.</summary>
    public Instant Since { get; private set; } = now;

    public bool HasTried => _tried.Count > 0;

    /// <summary>Lowest first: the chain is applied upwards.</summary>
    public static int Compare(WantedBody left, WantedBody right)
    {
        int order = left.Height.CompareTo(right.Height);
        return order != 0 ? order : left.Sequence.CompareTo(right.Sequence);
    }

    public void AddSource(ConnectionId source, int max)
    {
        if (_sources.Count < max && !_sources.Contains(source))
        {
            _sources.Add(source);
        }
    }

    /// <summary>Whether the peer may have it and has not been asked in vain.</summary>
    public bool CanAsk(Peer peer) =>
        !_tried.Contains(peer.Id)
        && (_sources.Contains(peer.Id)
            || (peer.Hello!.Capabilities.HasFlag(PeerCapabilities.FullHistory) && peer.Chain.ClaimedHeight >= Height));

    public void Ask(Peer peer, Instant now)
    {
        AskedOf = peer.Id;
        Since = now;
    }

    public void GiveUp(int maxTried, Instant now)
    {
        if (AskedOf is { } asked && _tried.Count < maxTried)
        {
            _tried.Add(asked);
        }

        AskedOf = null;
        Since = now;
    }

    /// <summary>A peer that was tried says that it does not have it.</summary>
    public void OnLacking(ConnectionId tried) => _lacking.Add(tried);

    /// <summary>A peer has it; true where it did not, so that it may be asked again.</summary>
    public bool OnShown(ConnectionId peer) => _lacking.Remove(peer) && _tried.Remove(peer);

    /// <summary>Starts over: those that did not deliver may be asked again.</summary>
    public void Retry()
    {
        _tried.Clear();
        _lacking.Clear();
    }

    public void Forget(ConnectionId gone)
    {
        _sources.Remove(gone);
        _tried.Remove(gone);
        _lacking.Remove(gone);
    }
}
