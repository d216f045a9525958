using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Pings peers that are silent, measures the round trip and cuts those that stay silent.</summary>
internal sealed class KeepAlive(PeerOptions options, PeerSet peers, PeerConduct conduct)
{
    /// <summary>Silence that ends a connection, in ping intervals.</summary>
    private const int SilentIntervals = 3;

    private readonly TimeSpan _longestSilence = new(options.PingInterval.Ticks * SilentIntervals);

    public void Start(in Step step) => Schedule(step);

    public static void OnReady(Peer peer, in Step step) => Ping(peer, step);

    public void OnSweep(in Step step)
    {
        foreach (Peer peer in peers.All)
        {
            TimeSpan silence = step.Now - peer.Liveness.LastHeard;
            if (!peer.IsReady || silence < options.PingInterval)
            {
                continue;
            }

            if (silence >= _longestSilence && peer.Liveness.OpenPings > 0)
            {
                conduct.Blame(peer, Misbehaviour.Unresponsive, step);
            }
            else if (step.Now - peer.Liveness.PingedAt >= options.PingInterval)
            {
                Ping(peer, step);
            }
        }

        Schedule(step);
    }

    public void OnPong(Peer peer, ulong nonce, in Step step)
    {
        ref PeerLiveness liveness = ref peer.Liveness;
        if (liveness.OpenPings == 0 || liveness.Nonce != nonce)
        {
            conduct.Blame(peer, Misbehaviour.UnsolicitedPong, step);
            return;
        }

        liveness.OpenPings--;
        liveness.RoundTrip = step.Now - liveness.PingedAt;
    }

    private static void Ping(Peer peer, in Step step)
    {
        ref PeerLiveness liveness = ref peer.Liveness;

        // Pings that are open share their number, so that no late pong is taken for a forged one.
        liveness.Nonce = liveness.OpenPings == 0 ? step.Random.NextUInt64() : liveness.Nonce;
        liveness.OpenPings++;
        liveness.PingedAt = step.Now;
        step.Effects.Send(peer.Id, new PeerMessage.Ping(liveness.Nonce));
    }

    private void Schedule(in Step step) =>
        step.Effects.SetTimer(new TimerKey(TimerKind.KeepAlive), step.Now + new TimeSpan(options.PingInterval.Ticks / 2));
}
