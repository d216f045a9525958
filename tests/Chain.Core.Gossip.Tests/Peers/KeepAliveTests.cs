using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Peers;

public sealed class KeepAliveTests
{
    private static readonly TimeSpan Interval = Chains.Options.Peers.PingInterval;

    private readonly Scene _scene = new Scene().Start();

    [Fact]
    public void Ping_FromAPeer_IsAnsweredWithItsNumber()
    {
        ConnectionId bob = _scene.Meet("bob");

        _scene.Hear(bob, new PeerMessage.Ping(77));

        Assert.Equal(77ul, Assert.Single(_scene.Sent<PeerMessage.Pong>(bob)).Nonce);
    }

    [Fact]
    public void Silence_PeerAnswersPings_StaysForHours()
    {
        ConnectionId bob = _scene.Meet("bob");
        int pings = 0;
        for (int second = 0; second < 7200; second++)
        {
            _scene.Wait(TimeSpan.FromSeconds(1));
            foreach (PeerMessage.Ping ping in _scene.Sent<PeerMessage.Ping>(bob))
            {
                pings++;
                _scene.Hear(bob, new PeerMessage.Pong(ping.Nonce));
            }
        }

        Assert.Empty(_scene.Closed);
        Assert.InRange(pings, 120, 245);
    }

    [Fact]
    public void Silence_PeerAnswersNothing_IsPingedThenCut()
    {
        ConnectionId bob = _scene.Meet("bob");

        _scene.Wait(Interval * 2);
        Assert.Empty(_scene.Closed);
        _scene.Wait(Interval * 2);

        Assert.True(_scene.Closed.ContainsKey(bob));
        Assert.Equal(Misbehaviour.Unresponsive, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        Assert.Single(_scene.Take<GossipEvent.PeerGone>());
    }

    [Fact]
    public void Pong_LateAfterASecondPing_IsNoOffence()
    {
        ConnectionId bob = _scene.Meet("bob");
        PeerMessage.Ping first = Assert.Single(_scene.Sent<PeerMessage.Ping>(bob));
        _scene.Wait(Interval + Interval);
        Assert.NotEmpty(_scene.Sent<PeerMessage.Ping>(bob));

        _scene.Hear(bob, new PeerMessage.Pong(first.Nonce));
        _scene.Hear(bob, new PeerMessage.Pong(first.Nonce));

        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    [Fact]
    public void BusyPeer_SpeaksOften_IsNotPinged()
    {
        ConnectionId bob = _scene.Meet("bob");
        _scene.ForgetSent();
        for (int second = 0; second < 600; second++)
        {
            _scene.Hear(bob, new PeerMessage.Consensus(new byte[1]));
            _scene.Wait(TimeSpan.FromSeconds(1));
        }

        Assert.Empty(_scene.Sent<PeerMessage.Ping>(bob));
    }
}
