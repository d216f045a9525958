using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Asks peers for addresses while slots are free, and gives all askers the same random sample.</summary>
internal sealed class AddressExchange(PeerOptions options, PeerSet peers, PeerDialer dialer, PeerConduct conduct)
{
    private const int MaxSampleFailures = 2;
    private const int MaxDoublings = 5;

    private PeerMessage.Addresses? _sample;
    private Instant _sampleUntil;
    private int _fruitless;

    public void Start(in Step step) => ScheduleDiscovery(step);

    public void OnReady(Peer peer, in Step step)
    {
        if (peer.IsOutbound && dialer.WantsPeers)
        {
            Ask(peer, step);
        }
    }

    /// <summary>Asks a random peer, less and less often while nothing new comes of it.</summary>
    public void OnDiscovery(in Step step)
    {
        if (dialer.WantsPeers && peers.PickReady(step.Random) is { } peer)
        {
            _fruitless++;
            Ask(peer, step);
        }

        ScheduleDiscovery(step);
    }

    public void OnGetAddresses(Peer peer, in Step step)
    {
        if (_sample is null || step.Now >= _sampleUntil || dialer.Book.Count <= options.AddressSample)
        {
            _sample = new PeerMessage.Addresses(dialer.Book.Sample(options.AddressSample, MaxSampleFailures, step.Random));
            _sampleUntil = step.Now + options.AddressSampleLifetime;
        }

        step.Effects.Send(peer.Id, _sample);
    }

    public void OnAddresses(Peer peer, IReadOnlyList<PeerAddress> addresses, in Step step)
    {
        if (!peer.Liveness.OwesAddresses)
        {
            conduct.Blame(peer, Misbehaviour.UnsolicitedAddresses, step);
            return;
        }

        peer.Liveness.OwesAddresses = false;
        int before = dialer.Book.Count;
        foreach (PeerAddress address in addresses)
        {
            if (dialer.Book.Find(address) is null && peer.Liveness.AddressesTaken < options.MaxAddressesFromPeer)
            {
                peer.Liveness.AddressesTaken++;
                dialer.Learn(address, isBootstrap: false, step);
            }
        }

        _fruitless = dialer.Book.Count > before ? 0 : _fruitless;
        dialer.FillSlots(step);
    }

    private static void Ask(Peer peer, in Step step)
    {
        peer.Liveness.OwesAddresses = true;
        step.Effects.Send(peer.Id, new PeerMessage.GetAddresses());
    }

    private void ScheduleDiscovery(in Step step)
    {
        long wait = options.DiscoveryInterval.Ticks << int.Min(_fruitless, MaxDoublings);
        step.Effects.SetTimer(new TimerKey(TimerKind.Discovery), step.Now + new TimeSpan(wait));
    }
}
