using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Lets connections in: slots, bans, one connection a peer, and hello.</summary>
internal sealed class PeerGate(
    PeerId self, GossipOptions options, PeerSet peers, PeerConduct conduct, PeerDialer dialer, ChainPosition position, IdComparer comparer)
{
    private PeerAddress? _listen;

    public void Start(PeerAddress? listen) => _listen = listen;

    public void OnConnected(PeerConnection connection, in Step step)
    {
        AddressEntry? dialled = dialer.OnDialled(connection);
        if (connection.Peer == self)
        {
            step.Effects.Close(connection.Id, "own address");
            if (dialled is not null)
            {
                dialer.OnOwnAddress(dialled, step);
            }
        }
        else if (ReasonToRefuse(connection, step) is { } reason)
        {
            Refuse(connection, dialled, reason, step);
        }
        else
        {
            Admit(connection, dialled, step);
        }
    }

    /// <summary>Checks a first hello and makes the peer ready; false where the connection ends instead.</summary>
    public bool OnHello(Peer peer, PeerMessage.Hello hello, in Step step)
    {
        uint version = uint.Min(hello.MaxVersion, options.MaxVersion);
        Misbehaviour cause = !options.Protections.ChecksChain ? Misbehaviour.None
            : hello.Network != options.Network ? Misbehaviour.WrongNetwork
            : hello.Genesis != options.Genesis ? Misbehaviour.WrongGenesis
            : version < hello.MinVersion || version < options.MinVersion ? Misbehaviour.NoCommonVersion
            : Misbehaviour.None;
        if (cause != Misbehaviour.None)
        {
            conduct.Blame(peer, cause, step);
            return false;
        }

        // A peer says hello on a second connection of its own only where it has given up the first.
        ReplaceOlder(peer, step);
        peer.TakeHello(hello);
        step.Effects.CancelTimer(TimerKind.HelloOf(peer.Id));
        step.Effects.Emit(new GossipEvent.PeerReady(peer.Connection, hello, version));
        return true;
    }

    public void OnHelloTimeout(ConnectionId connection, in Step step)
    {
        if (peers.TryGet(connection, out Peer? peer) && !peer.IsReady)
        {
            conduct.Blame(peer, Misbehaviour.HelloTimeout, step);
        }
    }

    private string? ReasonToRefuse(PeerConnection connection, in Step step)
    {
        if (conduct.IsBanned(connection.Peer, step.Now))
        {
            return "banned";
        }

        bool isInbound = connection.Direction == ConnectionDirection.Inbound;
        if (isInbound && peers.Count(ConnectionDirection.Inbound) >= options.Peers.InboundSlots)
        {
            return "no free slot";
        }

        return IsDuplicate(connection) ? "duplicate" : null;
    }

    private bool IsDuplicate(PeerConnection connection)
    {
        bool isInbound = connection.Direction == ConnectionDirection.Inbound;
        bool isKept = IsKept(connection);
        int sameWay = 0;
        bool isOther = false;
        foreach (Peer other in peers.All)
        {
            if (!other.IsGone && other.Connection.Peer == connection.Peer)
            {
                bool isSameWay = other.Connection.Direction == connection.Direction;
                sameWay += isSameWay ? 1 : 0;
                isOther |= !isSameWay;
            }
        }

        // Whether a second connection of the same way replaces the first is for the one who dials: it says hello, or not.
        return (isOther && !isKept) || sameWay > (isInbound ? 1 : 0);
    }

    /// <summary>Of two connections that were dialled from both sides, both keep the one that the smaller id dialled.</summary>
    private bool IsKept(PeerConnection connection) =>
        (connection.Direction == ConnectionDirection.Outbound) == (self < connection.Peer);

    /// <summary>Cuts the connection that the other side dialled, or this one; what it holds of an address goes to the new one.</summary>
    private AddressEntry? ReplaceOtherWay(PeerConnection connection, in Step step)
    {
        AddressEntry? inherited = null;
        foreach (Peer other in peers.All)
        {
            if (!other.IsGone && other.Connection.Peer == connection.Peer && other.Connection.Direction != connection.Direction)
            {
                inherited = other.Address;
                other.Address = null;
                conduct.Cut(other, "duplicate", step);
            }
        }

        return inherited;
    }

    private void Refuse(PeerConnection connection, AddressEntry? dialled, string reason, in Step step)
    {
        step.Effects.Send(connection.Id, new PeerMessage.Goodbye(reason));
        step.Effects.Close(connection.Id, reason);
        if (dialled is not null)
        {
            dialer.OnRedundant(dialled, peers.Find(connection.Peer), step);
        }
    }

    private void Admit(PeerConnection connection, AddressEntry? dialled, in Step step)
    {
        AddressEntry? inherited = ReplaceOtherWay(connection, step);
        var peer = new Peer(connection, options, comparer, step.Now) { Address = dialled ?? inherited, ToldHead = position.Head };
        if (dialled is not null && inherited is not null)
        {
            inherited.Uses--;
        }

        if (!peers.Add(peer))
        {
            return;
        }

        step.Effects.SetTimer(TimerKind.HelloOf(connection.Id), step.Now + options.Peers.HelloTimeout);
        step.Effects.Send(connection.Id, new PeerMessage.Hello(
            options.Network,
            options.Genesis,
            options.MinVersion,
            options.MaxVersion,
            options.Capabilities | (options.Relay.Blocks != BlockRelay.Announce ? PeerCapabilities.CompactBlocks : 0),
            options.Agent,
            _listen,
            position.Head,
            position.Height));
    }

    private void ReplaceOlder(Peer peer, in Step step)
    {
        foreach (Peer other in peers.All)
        {
            if (other != peer && other.Connection.Peer == peer.Connection.Peer)
            {
                conduct.Cut(other, "replaced", step);
            }
        }
    }
}
