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

        Assert.Equal([Blocks[0].Id], AskedOf(bob));
        Assert.Equal([Blocks[1].Id], AskedOf(carol));
        Deliver(bob, 0);
        List<BlockId> asked = [.. AskedOf(bob), .. AskedOf(carol)];
        Assert.Equal(Blocks[2..10].Select(block => block.Id).Order(), asked.Order());
    }

    [Fact]
    public void Need_PeerIsTooLow_IsNotAsked()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[1]);

        Need(0, 10);
        Deliver(bob, 0);
        Deliver(bob, 1);

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
        Assert.Single(AskedOf(bob));

        Deliver(bob, 0);

        Assert.Equal(Blocks[0].Id, Assert.Single(_scene.Take<GossipEvent.BlockReceived>()).Block.Id);
        Assert.Equal(5, AskedOf(bob).Count);
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
    public void Delivered_LargeBodies_AsksForNoMoreBytesThanMayBeOpen()
    {
        Block large = Chains.BlockOn(Chains.Genesis.Header, 7, [.. Enumerable.Range(0, 5).Select(i => Chains.Transaction((ulong)i, 40_000))]);
        List<Block> chain = [large, .. Chains.BlocksAfter(large, 50)];
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        _scene.Tell(new GossipInput.NeedBlocks(chain.ConvertAll(block => new WantedBlock(block.Id, block.Height)), []));
        Assert.Equal([large.Id], AskedOf(bob));

        _scene.Hear(bob, new PeerMessage.DeliverBlock(large));

        Assert.Equal(512 * 1024 / large.Encoded.Length, AskedOf(bob).Count);
    }

    [Fact]
    public void Stalled_LargeBodiesOnASlowLine_AreWaitedForLonger()
    {
        Block large = Chains.BlockOn(Chains.Genesis.Header, 7, [.. Enumerable.Range(0, 8).Select(i => Chains.Transaction((ulong)i, 48_000))]);
        List<Block> chain = [large, .. Chains.BlocksAfter(large, 1)];
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        _scene.Tell(new GossipInput.NeedBlocks(chain.ConvertAll(block => new WantedBlock(block.Id, block.Height)), []));
        _scene.Hear(bob, new PeerMessage.DeliverBlock(large));
        ConnectionId carol = _scene.Meet("carol", Blocks[^1]);

        _scene.Wait(Timeout + (Timeout / 2));
        Assert.Empty(AskedOf(carol));
        _scene.Wait(Timeout);

        Assert.Equal([chain[1].Id], AskedOf(carol));
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
    public void Delivered_UnaskedByAPeerThatAnnouncedIt_IsDroppedAndCountsAgainstThePeer()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        _scene.Hear(bob, new PeerMessage.AnnounceBlocks([Blocks[5].Header]));
        _scene.Take<GossipEvent.PeerMisbehaved>();

        Deliver(bob, 5);

        Assert.Empty(_scene.Take<GossipEvent.BlockReceived>());
        Assert.Equal(Misbehaviour.UnsolicitedBlock, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    /// <summary>Both learned of the block at the same time: one pushes it while the other announces it.</summary>
    [Fact]
    public void Delivered_UnaskedWhileItWasAnnouncedToThePeer_IsNoFault()
    {
        ConnectionId bob = _scene.Meet("bob");
        _scene.Tell(new GossipInput.HeadChanged(Blocks[0].Header, [Blocks[0].Id, Chains.Genesis.Id], [Blocks[0].Header]));
        Assert.Single(_scene.Sent<PeerMessage.AnnounceBlocks>(bob));

        Deliver(bob, 0);

        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    /// <summary>The request and the unasked block cross on the wire, so that the block comes twice.</summary>
    [Fact]
    public void Delivered_AskedForWhileItWasOnItsWayUnasked_TheAnswerIsNoFaultAndAThirdOneIs()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 1);
        Deliver(bob, 0);
        Assert.Single(_scene.Take<GossipEvent.BlockReceived>());

        Deliver(bob, 0);
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());

        Deliver(bob, 0);
        Assert.Equal(Misbehaviour.UnsolicitedBlock, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        Assert.Empty(_scene.Take<GossipEvent.BlockReceived>());
    }

    /// <summary>A peer sends a block of its own before it stores it, and is asked for it meanwhile.</summary>
    [Fact]
    public void NotFound_AfterTheBlockCameUnasked_IsNoFaultAndAThirdAnswerIs()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 1);
        Deliver(bob, 0);

        _scene.Hear(bob, new PeerMessage.BlocksNotFound([Blocks[0].Id]));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());

        _scene.Hear(bob, new PeerMessage.BlocksNotFound([Blocks[0].Id]));
        Assert.Equal(Misbehaviour.UnsolicitedNotFound, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    [Fact]
    public void NotFound_AndThenAnnounced_IsAskedAgainAtOnce()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 1);
        AskedOf(bob);
        _scene.Hear(bob, new PeerMessage.BlocksNotFound([Blocks[0].Id]));
        Assert.Empty(AskedOf(bob));

        _scene.Hear(bob, new PeerMessage.AnnounceBlocks([Blocks[0].Header]));

        Assert.Equal([Blocks[0].Id], AskedOf(bob));
    }

    /// <summary>A vote names a block whose parents are not here: it waits for them, and what can be taken at once takes no room from it.</summary>
    [Fact]
    public void Delivered_AskedForByIdAlone_IsKeptWhereItsParentIsUnknown()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        List<Block> named = Chains.BlocksAfter(Blocks[^1], 5);
        _scene.Tell(new GossipInput.NeedBlocks(named.ConvertAll(static block => new WantedBlock(block.Id, default)), [bob]));
        foreach (Block block in (Block[])[.. named[2..], named[0]])
        {
            _scene.Hear(bob, new PeerMessage.DeliverBlock(block));
        }

        Assert.Equal(3, _scene.Machine.Held.PushedBlocks);
        Assert.Equal(4, _scene.Take<GossipEvent.BlockReceived>().Count);
        AskedOf(bob);

        _scene.Chain.Learn(named);
        _scene.Tell(new GossipInput.NeedBlocks(named[2..].ConvertAll(static block => new WantedBlock(block.Id, block.Height)), [bob]));

        Assert.Empty(AskedOf(bob));
        Assert.Equal(named[2..].Select(static block => block.Id), _scene.Take<GossipEvent.BlockReceived>().Select(static received => received.Block.Id));
        Assert.Equal(0, _scene.Machine.Held.PushedBlocks);
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
        Need(0, 3);
        Deliver(bob, 0);
        AskedOf(bob);
        ConnectionId carol = _scene.Meet("carol", Blocks[^1]);

        _scene.Wait(Timeout + (Timeout / 2));
        Assert.Equal([Blocks[1].Id, Blocks[2].Id], AskedOf(carol));
        Deliver(carol, 1);
        Deliver(bob, 1);
        Deliver(bob, 2);
        Deliver(carol, 2);

        Assert.Equal([bob, carol, bob], _scene.Take<GossipEvent.BlockReceived>().Select(received => received.Connection));
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
        Deliver(bob, 0);
        _scene.ForgetSent();
        ConnectionId carol = _scene.Meet("carol", Blocks[1]);

        for (int i = 2; i < 13; i++)
        {
            _scene.Wait(Timeout / 2);
            Deliver(bob, i);
        }

        _scene.Wait(Timeout * 3 / 4);
        Assert.Contains(Blocks[1].Id, AskedOf(carol));
        Assert.Empty(_scene.Closed);
    }

    [Fact]
    public void Settled_FromElsewhere_NobodyIsAskedAndTheAnswerIsForgiven()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 3);
        Deliver(bob, 0);

        _scene.Tell(new GossipInput.BlockAccepted(Blocks[1].Id));
        _scene.Tell(new GossipInput.BlockRefused(Blocks[2].Id, null, Misbehaviour.None));
        Assert.Equal(0, _scene.Machine.Held.WantedBlocks);
        Deliver(bob, 1);
        Deliver(bob, 2);

        Assert.Single(_scene.Take<GossipEvent.BlockReceived>());
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    [Fact]
    public void Gone_AskedPeerLeaves_TheOthersGetItsBodies()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        Need(0, 4);
        Deliver(bob, 0);
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
