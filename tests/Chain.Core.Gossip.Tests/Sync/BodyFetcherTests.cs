using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Sync;

public sealed class BodyFetcherTests
{
    private static readonly List<Block> Blocks = Chains.BlocksAfter(Chains.Genesis, 200);
    private static readonly TimeSpan Timeout = Chains.Options.Sync.BlockTimeout;

    private readonly Scene _scene = new Scene { ChainAnswers = false }.Start();

    public BodyFetcherTests() => _scene.Chain.Learn(Blocks);

    [Fact]
    public void Need_SeveralPeersHaveThem_LowestAreAskedOfAllOfThem()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        ConnectionId carol = _scene.Meet("carol", Blocks[^1]);

        Need(0, 100);

        List<BlockId> asked = [.. AskedOf(bob), .. AskedOf(carol)];
        Assert.Equal(Blocks[..8].Select(block => block.Id).Order(), asked.Order());
        Assert.Equal(4, asked.Count / 2);
    }

    [Fact]
    public void Need_PeerIsTooLow_IsNotAsked()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[1]);

        Need(0, 10);

        Assert.Equal([Blocks[0].Id, Blocks[1].Id], AskedOf(bob));
    }

    [Fact]
    public void Need_NamedSource_IsAskedWhateverItClaims()
    {
        ConnectionId bob = _scene.Meet("bob");

        _scene.Tell(new GossipInput.NeedBlocks([new WantedBlock(Blocks[7].Id, Blocks[7].Height)], [bob]));

        Assert.Equal([Blocks[7].Id], AskedOf(bob));
    }

    [Fact]
    public void Need_TheSameAgain_IsNotAskedTwice()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 3);
        AskedOf(bob);

        Need(0, 3);

        Assert.Empty(AskedOf(bob));
        Assert.Equal(3, _scene.Machine.Held.WantedBlocks);
    }

    [Fact]
    public void Delivered_Wanted_IsHandedUpAndThePeerIsAskedForMore()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 100);
        Assert.Equal(4, AskedOf(bob).Count);

        Deliver(bob, 0);

        Assert.Equal(Blocks[0].Id, Assert.Single(_scene.Take<GossipEvent.BlockReceived>()).Block.Id);
        Assert.Equal(2, AskedOf(bob).Count);
    }

    [Fact]
    public void Delivered_AlwaysPromptly_NeverMoreThanTheWindowIsOpen()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 200);
        int open = AskedOf(bob).Count;
        int most = open;
        for (int i = 0; i < 150; i++)
        {
            Deliver(bob, i);
            open += AskedOf(bob).Count - 1;
            most = Math.Max(most, open);
        }

        Assert.Equal(Chains.Options.Sync.MaxAskedBlocksOfPeer, most);
    }

    [Fact]
    public void Delivered_OtherTransactionsThanItsHeader_CutsAndAsksAnother()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 1);
        AskedOf(bob);
        ConnectionId carol = _scene.Meet("carol", Blocks[^1]);

        _scene.Hear(bob, new PeerMessage.DeliverBlock(Block.Create(Blocks[0].Header, [Chains.Transaction(1)])));

        Assert.Empty(_scene.Take<GossipEvent.BlockReceived>());
        Assert.Equal(Misbehaviour.WrongBody, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        Assert.Equal([Blocks[0].Id], AskedOf(carol));
    }

    [Fact]
    public void Delivered_Unasked_IsDroppedAndCountsAgainstThePeer()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        ConnectionId carol = _scene.Meet("carol");
        Need(0, 1);

        Deliver(carol, 0);
        Deliver(bob, 5);

        Assert.Empty(_scene.Take<GossipEvent.BlockReceived>());
        Assert.All(_scene.Take<GossipEvent.PeerMisbehaved>(), m => Assert.Equal(Misbehaviour.UnsolicitedBlock, m.Cause));
    }

    [Fact]
    public void NotFound_Asked_AnotherIsAskedAtOnceWithoutBlame()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 1);
        ConnectionId carol = _scene.Meet("carol", Blocks[^1]);

        _scene.Hear(bob, new PeerMessage.BlocksNotFound([Blocks[0].Id]));

        Assert.Equal([Blocks[0].Id], AskedOf(carol));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    [Fact]
    public void NotFound_FromTheOnlyPeer_IsAskedAgainAfterAWhile()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 1);
        AskedOf(bob);
        _scene.Hear(bob, new PeerMessage.BlocksNotFound([Blocks[0].Id]));
        Assert.Empty(AskedOf(bob));

        _scene.Wait(Timeout * 3);

        Assert.Equal([Blocks[0].Id], AskedOf(bob));
    }

    [Fact]
    public void Stalled_PeerDeliversNothing_OthersAreAskedAndLateAnswersAreForgiven()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 2);
        AskedOf(bob);
        ConnectionId carol = _scene.Meet("carol", Blocks[^1]);

        _scene.Wait(Timeout + (Timeout / 4));
        Assert.Equal([Blocks[0].Id, Blocks[1].Id], AskedOf(carol));
        Deliver(carol, 0);
        Deliver(bob, 0);
        Deliver(bob, 1);
        Deliver(carol, 1);

        Assert.Equal([carol, bob], _scene.Take<GossipEvent.BlockReceived>().Select(received => received.Connection));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
        Assert.Equal(0, _scene.Machine.Held.WantedBlocks);
    }

    [Fact]
    public void Stalled_AgainAndAgain_CutWithoutBan()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 10);

        for (int i = 0; i < 200 && _scene.Closed.Count == 0; i++)
        {
            _scene.Wait(TimeSpan.FromSeconds(1));
            _scene.Hear(bob, new PeerMessage.Ping(1));
        }

        GossipEvent.PeerMisbehaved misbehaved = Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>());
        Assert.Equal((Misbehaviour.StalledBlocks, Consequence.Cut), (misbehaved.Cause, misbehaved.Consequence));
    }

    [Fact]
    public void Slow_OneBodyIsHeldBackWhileOthersCome_AnotherPeerIsAskedForIt()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 200);
        _scene.ForgetSent();
        ConnectionId carol = _scene.Meet("carol", Blocks[0]);

        for (int i = 1; i < 12; i++)
        {
            _scene.Wait(Timeout / 2);
            Deliver(bob, i);
        }

        _scene.Wait(Timeout * 3 / 4);
        Assert.Contains(Blocks[0].Id, AskedOf(carol));
        Assert.Empty(_scene.Closed);
    }

    [Fact]
    public void Settled_FromElsewhere_NobodyIsAskedAndTheAnswerIsForgiven()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 2);

        _scene.Tell(new GossipInput.BlockAccepted(Blocks[0].Id));
        _scene.Tell(new GossipInput.BlockRefused(Blocks[1].Id, null, Misbehaviour.None));
        Assert.Equal(0, _scene.Machine.Held.WantedBlocks);
        Deliver(bob, 0);
        Deliver(bob, 1);

        Assert.Empty(_scene.Take<GossipEvent.BlockReceived>());
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    [Fact]
    public void Gone_AskedPeerLeaves_TheOthersGetItsBodies()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 3);
        ConnectionId carol = _scene.Meet("carol", Blocks[^1]);

        _scene.Tell(new GossipInput.Disconnected(bob, "reset"));

        Assert.Equal(3, AskedOf(carol).Count);
    }

    [Fact]
    public void Need_MoreThanTheLimit_TheRestIsNotTaken()
    {
        Scene scene = new Scene(Chains.Options with { Sync = new SyncOptions { MaxWantedBlocks = 64 } }).Start();

        scene.Tell(new GossipInput.NeedBlocks(Blocks.ConvertAll(block => new WantedBlock(block.Id, block.Height)), []));

        Assert.Equal(64, scene.Machine.Held.WantedBlocks);
    }

    private void Need(int start, int count) => _scene.Tell(new GossipInput.NeedBlocks(
        Blocks.GetRange(start, count).ConvertAll(block => new WantedBlock(block.Id, block.Height)), []));

    private void Deliver(ConnectionId from, int index) => _scene.Hear(from, new PeerMessage.DeliverBlock(Blocks[index]));

    private List<BlockId> AskedOf(ConnectionId peer) =>
        _scene.Sent<PeerMessage.RequestBlocks>(peer).SelectMany(message => message.Ids).ToList();
}
