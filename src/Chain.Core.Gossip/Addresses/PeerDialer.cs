using System.Net;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Keeps the outbound slots filled with randomly chosen addresses, and waits longer for those that fail.</summary>
internal sealed class PeerDialer(PeerOptions options, PeerSet peers)
{
    private const int MaxDoublings = 16;
    private const int ForgottenAfter = 12;

    private readonly AddressBook _book = new(options.MaxAddresses);
    private readonly List<PeerAddress> _own = [];
    private int _dialling;

    public AddressBook Book => _book;

    public bool WantsPeers => peers.Count(ConnectionDirection.Outbound) + _dialling < options.OutboundSlots;

    public void Start(PeerAddress? listen, IReadOnlyList<PeerAddress> bootstrap, in Step step)
    {
        if (listen is not null)
        {
            _own.Add(listen);
        }

        foreach (PeerAddress address in bootstrap)
        {
            Learn(address, isBootstrap: true, step);
        }

        FillSlots(step);
    }

    /// <summary>Takes an address into the book; null where it is this node's own or there is no room.</summary>
    public AddressEntry? Learn(PeerAddress address, bool isBootstrap, in Step step) =>
        _own.Contains(address) ? null : _book.Add(address, isBootstrap, step.Random);

    /// <summary>Dials while there are free slots and addresses; otherwise waits for the next address.</summary>
    public void FillSlots(in Step step)
    {
        while (WantsPeers && _book.PickToDial(step.Now, step.Random) is { } entry)
        {
            entry.Uses++;
            _dialling++;
            step.Effects.Dial(entry.Address);
        }

        if (WantsPeers && _book.NextDial() is { } next)
        {
            step.Effects.SetTimer(new TimerKey(TimerKind.Dial), next);
        }
    }

    public void OnDialFailed(PeerAddress address, in Step step)
    {
        if (_book.Find(address) is not { Uses: > 0 } entry || _dialling == 0)
        {
            return;
        }

        _dialling--;
        entry.Uses--;
        OnFailed(entry, step);
        FillSlots(step);
    }

    /// <summary>A dial led to a connection; the entry goes from the dial to the connection.</summary>
    public AddressEntry? OnDialled(PeerConnection connection)
    {
        if (connection.Direction != ConnectionDirection.Outbound || _book.Find(connection.Remote) is not { Uses: > 0 } entry)
        {
            return null;
        }

        _dialling = int.Max(_dialling - 1, 0);
        entry.LastPeer = connection.Peer;
        return entry;
    }

    /// <summary>This node dialled itself.</summary>
    public void OnOwnAddress(AddressEntry entry, in Step step)
    {
        if (_own.Count < options.MaxAddressesFromPeer)
        {
            _own.Add(entry.Address);
        }

        _book.Remove(entry);
        FillSlots(step);
    }

    /// <summary>The peer at an address that was dialled is connected already, or banned: nothing to dial for.</summary>
    public void OnRedundant(AddressEntry entry, Peer? connected, in Step step)
    {
        if (connected is { Address: null })
        {
            connected.Address = entry;
        }
        else
        {
            entry.Uses--;
            entry.RestUntil(step.Now + options.RedialMax);
        }

        FillSlots(step);
    }

    public void OnReady(Peer peer, in Step step)
    {
        if (peer.Address is { } dialled)
        {
            dialled.Failures = 0;
        }
        else if (peer.Hello!.ListenAddress is { } said)
        {
            LearnListener(peer, ReachableFrom(said, peer.Connection.Remote), step);
        }
    }

    public void OnGone(Peer peer, in Step step)
    {
        if (peer.Address is { } entry)
        {
            entry.Uses--;
            if (peer.Hello is null)
            {
                OnFailed(entry, step);
            }
            else
            {
                entry.RestUntil(step.Now + Jittered(options.RedialBase, step.Random));
            }
        }

        FillSlots(step);
    }

    private void LearnListener(Peer peer, PeerAddress address, in Step step)
    {
        AddressEntry? entry = Learn(address, isBootstrap: false, step);
        bool isSure = address.Host == peer.Connection.Remote.Host || entry?.LastPeer == peer.Connection.Peer;
        if (entry is not null && isSure)
        {
            // Held, so that it is not dialled a second time; an address that is only claimed must not be kept from others.
            entry.Uses++;
            peer.Address = entry;
        }
    }

    private void OnFailed(AddressEntry entry, in Step step)
    {
        entry.Failures++;
        if (entry.Failures > ForgottenAfter && !entry.IsBootstrap)
        {
            _book.Remove(entry);
            return;
        }

        long doubled = options.RedialBase.Ticks << int.Min(entry.Failures - 1, MaxDoublings);
        TimeSpan wait = doubled < options.RedialMax.Ticks ? new TimeSpan(doubled) : options.RedialMax;
        entry.RestUntil(step.Now + Jittered(wait, step.Random));
    }

    /// <summary>Between half of a wait and all of it, so that nodes that lost a peer together do not dial together.</summary>
    private static TimeSpan Jittered(TimeSpan wait, DeterministicRandom random)
    {
        long half = (wait.Ticks / 2) + 1;
        return new TimeSpan(half + (long)random.NextBelow((ulong)half));
    }

    /// <summary>Who listens on all interfaces says "0.0.0.0"; the host that the peer came from is meant.</summary>
    private static PeerAddress ReachableFrom(PeerAddress said, PeerAddress remote)
    {
        bool isUnspecified = said.Host == IPAddress.Any.ToString() || said.Host == IPAddress.IPv6Any.ToString();
        return isUnspecified && PeerAddress.TryCreate(remote.Host, said.Port, out PeerAddress? reachable) ? reachable : said;
    }
}
