using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Relay.Compact;

/// <summary>Compact blocks at one node: what it asks for, what it takes, what it serves, and whom it blames.</summary>
[Trait("Fault", "20")]
public sealed class CompactRelayTests
{
    private static readonly Transaction[] Ten = CompactBlocks.Transactions(10);
    private static readonly Block Block = Chains.BlockOn(Chains.Genesis.Header, 0, Ten);
    private static readonly TimeSpan Timeout = Chains.Options.Sync.BlockTimeout * 1.25;

    private readonly Scene _scene = new Scene().Start();

    [Fact]
    public void Announced_ByAPeerThatTakesCompactBlocks_IsAskedForAsOne()
    {
        ConnectionId bob = Meet("bob");

        _scene.Hear(bob, new PeerMessage.AnnounceBlocks([Block.Header]));

        Assert.Equal(Block.Id, Assert.Single(_scene.Sent<PeerMessage.GetCompactBlock>(bob)).Block);
        Assert.Empty(_scene.Sent<PeerMessage.RequestBlocks>(bob));
    }

    [Theory]
    [InlineData(BlockRelay.Announce, true)]
    [InlineData(BlockRelay.CompactPush, false)]
    public void Announced_WhereOneSideTakesNone_IsAskedForWhole(BlockRelay own, bool peerTakesThem)
    {
        Scene scene = new Scene(Chains.Options with { Relay = new RelayOptions { Blocks = own } }).Start();
        ConnectionId bob = peerTakesThem ? Meet("bob", scene: scene) : scene.Meet("bob");
        Assert.Equal(
            own != BlockRelay.Announce,
            Assert.Single(scene.Sent<PeerMessage.Hello>(bob)).Capabilities.HasFlag(PeerCapabilities.CompactBlocks));

        scene.Hear(bob, new PeerMessage.AnnounceBlocks([Block.Header]));
        scene.Hear(bob, new PeerMessage.DeliverBlock(Block));

        Assert.Equal([Block.Id], Assert.Single(scene.Sent<PeerMessage.RequestBlocks>(bob)).Ids);
        Assert.Equal(Block.Id, scene.Chain.Head.Id);
        Assert.DoesNotContain(AllSent(scene, bob), message => message.Kind >= MessageKind.CompactBlock);
    }

    [Fact]
    public void Received_FromAPeerThatOfferedNone_IsMalformed()
    {
        foreach (PeerMessage message in (PeerMessage[])
            [CompactBlocks.Of(Block), new PeerMessage.GetCompactBlock(Block.Id), new PeerMessage.GetBlockTransactions(Block.Id, [0]), new PeerMessage.BlockTransactions(Block.Id, Ten), new PeerMessage.PushCompactBlocks(true)])
        {
            Scene scene = new Scene().Start();
            scene.Hear(scene.Meet("bob"), message);
            Assert.Equal(Misbehaviour.MalformedMessage, Assert.Single(scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        }
    }

    [Fact]
    public void Asked_AllAtHand_IsTakenWithoutAnotherRoundTrip()
    {
        Pool(Ten);
        ConnectionId bob = Announce("bob");
        _scene.ForgetSent();

        _scene.Hear(bob, CompactBlocks.Of(Block));

        Assert.Equal(Block.Id, _scene.Chain.Head.Id);
        Assert.Empty(_scene.Sent<PeerMessage.GetBlockTransactions>(bob));
        AssertNobodyBlamed();
    }

    [Fact]
    public void Asked_SomeLacking_TheyAreAskedForOnceAndTheBlockIsWhole()
    {
        Pool(Ten[..6]);
        ConnectionId bob = Announce("bob");

        _scene.Hear(bob, CompactBlocks.Of(Block, 7));
        Assert.Equal([6, 8, 9], Assert.Single(_scene.Sent<PeerMessage.GetBlockTransactions>(bob)).Indexes);
        Assert.Equal(1, _scene.Machine.Held.PartialBlocks);
        _scene.Hear(bob, new PeerMessage.BlockTransactions(Block.Id, [Ten[6], Ten[8], Ten[9]]));

        Assert.Equal(Block.Id, _scene.Chain.Head.Id);
        Assert.Equal(Block.Encoded.ToArray(), Assert.Single(_scene.Take<GossipEvent.BlockReceived>()).Block.Encoded.ToArray());
        Assert.Equal(0, _scene.Machine.Held.PartialBlocks);
        AssertNobodyBlamed();
    }

    [Fact]
    public void Pushed_New_IsPutTogetherAfterItsHeaderWasJudged()
    {
        Pool(Ten);
        ConnectionId bob = Meet("bob");

        _scene.Hear(bob, CompactBlocks.Of(Block));

        Assert.Equal(Block.Id, _scene.Chain.Head.Id);
        Assert.Equal(0, _scene.Machine.Held.PushedBlocks);
        AssertNobodyBlamed();
    }

    [Fact]
    public void Pushed_HeaderNotJudgedYet_NothingIsLookedFor()
    {
        Pool(Ten);
        _scene.ChainAnswers = false;
        ConnectionId bob = Meet("bob");

        _scene.Hear(bob, CompactBlocks.Of(Block));

        Assert.Empty(_scene.Take<GossipEvent.BlockReceived>());
        Assert.Single(_scene.Take<GossipEvent.HeadersReceived>());
        Assert.Equal((1, 0), (_scene.Machine.Held.PushedBlocks, _scene.Machine.Held.PartialBlocks));
    }

    [Fact]
    public void Pushed_TwiceByOnePeer_IsBlamed()
    {
        ConnectionId bob = Meet("bob");
        _scene.Hear(bob, CompactBlocks.Of(Block));
        AssertNobodyBlamed();

        _scene.Hear(bob, CompactBlocks.Of(Block));

        Assert.Equal(Misbehaviour.UnsolicitedBlock, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    [Fact]
    public void Pushed_WhileCarolIsAskedForIt_HerAnswerIsNoOffence()
    {
        Pool(Ten);
        ConnectionId carol = Announce("carol");
        ConnectionId bob = Meet("bob");

        _scene.Hear(bob, CompactBlocks.Of(Block));
        _scene.Hear(carol, CompactBlocks.Of(Block));

        Assert.Equal(Block.Id, _scene.Chain.Head.Id);
        AssertNobodyBlamed();
    }

    [Fact]
    public void Collision_OtherTransactionAtHandHasTheShortId_TheWholeBlockIsAskedOfTheSamePeerWithoutBlame()
    {
        Transaction other = Chains.Transaction(500);
        Pool([.. Ten, other]);
        ConnectionId bob = Announce("bob");

        _scene.Hear(bob, CompactBlocks.Colliding(CompactBlocks.Of(Block), 4, other));
        Assert.Equal([Block.Id], Assert.Single(_scene.Sent<PeerMessage.RequestBlocks>(bob)).Ids);
        _scene.Hear(bob, new PeerMessage.DeliverBlock(Block));

        Assert.Equal(Block.Id, _scene.Chain.Head.Id);
        AssertNobodyBlamed();
    }

    [Fact]
    public void Duplicates_SameShortIdTwice_CutThePeerAndTheBlockComesFromAnother()
    {
        Pool(Ten);
        ConnectionId mallory = Announce("mallory");
        ConnectionId carol = Announce("carol");

        _scene.Hear(mallory, CompactBlocks.Colliding(CompactBlocks.Of(Block), 4, Ten[5]));

        Assert.Equal(Misbehaviour.MalformedCompactBlock, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        Assert.Single(_scene.Sent<PeerMessage.GetCompactBlock>(carol));
        _scene.Hear(carol, CompactBlocks.Of(Block));
        Assert.Equal(Block.Id, _scene.Chain.Head.Id);
    }

    [Fact]
    public void Given_OtherTransactionsThanAskedFor_CutThePeerAndTheBlockComesFromAnother()
    {
        Pool(Ten[..9]);
        ConnectionId mallory = Announce("mallory");
        ConnectionId carol = Announce("carol");
        _scene.Hear(mallory, CompactBlocks.Of(Block));

        _scene.Hear(mallory, new PeerMessage.BlockTransactions(Block.Id, [Chains.Transaction(9999)]));

        Assert.Equal(Misbehaviour.WrongBlockTransactions, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        Assert.Single(_scene.Sent<PeerMessage.GetCompactBlock>(carol));
        Assert.Equal(0, _scene.Machine.Held.PartialBlocks);
    }

    [Fact]
    public void Given_UnaskedOrAgain_IsBlamed()
    {
        Pool(Ten[..9]);
        ConnectionId bob = Announce("bob");
        _scene.Hear(bob, new PeerMessage.BlockTransactions(Block.Id, [Ten[9]]));
        Assert.Equal(Misbehaviour.UnsolicitedBlockTransactions, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);

        _scene.Hear(bob, CompactBlocks.Of(Block));
        _scene.Hear(bob, new PeerMessage.BlockTransactions(Block.Id, [Ten[9]]));
        AssertNobodyBlamed();
        _scene.Hear(bob, new PeerMessage.BlockTransactions(Block.Id, [Ten[9]]));
        Assert.Equal(Misbehaviour.UnsolicitedBlockTransactions, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    [Fact]
    public void Stalled_TransactionsDoNotCome_AnotherIsAskedAndTheLateAnswerIsNoOffence()
    {
        Pool(Ten[..9]);
        ConnectionId slow = Announce("slow");
        ConnectionId carol = Announce("carol");
        _scene.Hear(slow, CompactBlocks.Of(Block));
        Assert.Single(_scene.Sent<PeerMessage.GetBlockTransactions>(slow));
        Assert.Empty(_scene.Sent<PeerMessage.GetCompactBlock>(carol));

        _scene.Wait(Timeout);
        Assert.Single(_scene.Sent<PeerMessage.GetCompactBlock>(carol));
        Assert.Equal(0, _scene.Machine.Held.PartialBlocks);
        _scene.Hear(slow, new PeerMessage.BlockTransactions(Block.Id, [Ten[9]]));
        AssertNobodyBlamed();

        _scene.Hear(carol, CompactBlocks.Of(Block));
        _scene.Hear(carol, new PeerMessage.BlockTransactions(Block.Id, [Ten[9]]));
        Assert.Equal(Block.Id, _scene.Chain.Head.Id);
        AssertNobodyBlamed();
    }

    [Fact]
    public void Stalled_NoAnswerAtAll_TheSilentPeerIsAskedForNoSecondCompactBlock()
    {
        ConnectionId silent = Announce("silent");
        ConnectionId carol = Announce("carol");
        Assert.Single(_scene.Sent<PeerMessage.GetCompactBlock>(silent));

        _scene.Wait(Timeout);
        _scene.Hear(carol, new PeerMessage.DeliverBlock(Block)); // whole, which is an answer too
        Block next = Chains.BlockOn(Block.Header);
        _scene.Wait(Timeout * 4);
        _scene.Hear(silent, new PeerMessage.AnnounceBlocks([next.Header]));

        Assert.Equal(Block.Id, _scene.Chain.Head.Id);
        Assert.Empty(_scene.Sent<PeerMessage.GetCompactBlock>(silent));
        Assert.Single(_scene.Sent<PeerMessage.RequestBlocks>(silent));
        AssertNobodyBlamed();
    }

    [Fact]
    public void Stashed_AFloodOfPushedBlocks_IsBounded()
    {
        _scene.ChainAnswers = false;
        ConnectionId[] peers = [.. Enumerable.Range(0, 30).Select(i => Meet($"peer-{i}"))];
        for (uint i = 0; i < 300; i++)
        {
            Block block = Chains.BlockOn(Chains.Genesis.Header, i + 1, Ten);
            _scene.Hear(peers[i % 30], CompactBlocks.Of(block));
        }

        Assert.InRange(_scene.Machine.Held.PushedBlocks, 1, 16);
    }

    [Fact]
    public void Partial_MoreBlocksThanMayWait_TheRestIsAskedForWhole()
    {
        ConnectionId[] peers = [.. Enumerable.Range(0, 12).Select(i => Meet($"peer-{i:00}"))];
        Block[] blocks = [.. Enumerable.Range(0, 12).Select(i => Chains.BlockOn(Chains.Genesis.Header, (uint)i + 1, Ten))];
        _scene.ChainAnswers = false;
        for (int i = 0; i < 12; i++)
        {
            _scene.Tell(new GossipInput.NeedBlocks([new WantedBlock(blocks[i].Id, blocks[i].Height)], [peers[i]]));
            _scene.Hear(peers[i], CompactBlocks.Of(blocks[i]));
        }

        Assert.Equal(BodyFetcher.MaxPartials, _scene.Machine.Held.PartialBlocks);
        Assert.Equal(12 - BodyFetcher.MaxPartials, peers.Sum(peer => _scene.Sent<PeerMessage.RequestBlocks>(peer).Count));
    }

    [Fact]
    public void Made_PeersThatTakeThem_AreSentCompactBlocksAndOthersWholeOnes()
    {
        ConnectionId bob = Meet("bob");
        ConnectionId old = _scene.Meet("old");

        Make(Block);

        Assert.Equal(10, Assert.Single(_scene.Sent<PeerMessage.CompactBlock>(bob)).TransactionCount);
        Assert.Single(_scene.Sent<PeerMessage.DeliverBlock>(old));
        Assert.Empty(_scene.Sent<PeerMessage.CompactBlock>(old));
        Assert.Empty(_scene.Sent<PeerMessage.AnnounceBlocks>(bob));
    }

    [Fact]
    public void Made_WhatCameIntoThePoolJustNow_GoesWholeAndTheRestAsShortIds()
    {
        _scene.Wait(TimeSpan.FromSeconds(1));
        Pool(Ten);
        _scene.Tell(new GossipInput.TransactionsAdmitted([.. Ten[..5].Select(transaction => transaction.Id)]));
        _scene.Wait(TimeSpan.FromSeconds(2));
        ConnectionId bob = Meet("bob");
        _scene.Tell(new GossipInput.TransactionsAdmitted([.. Ten[7..].Select(transaction => transaction.Id)]));

        Make(Block);

        Assert.Equal([7, 8, 9], Assert.Single(_scene.Sent<PeerMessage.CompactBlock>(bob)).Prefilled.Select(each => each.Index));
    }

    [Fact]
    public void Made_FewTransactions_GoWholeToEverybody()
    {
        ConnectionId bob = Meet("bob");
        Make(Chains.BlockOn(Chains.Genesis.Header, 0, Ten[..2]));
        Assert.Single(_scene.Sent<PeerMessage.DeliverBlock>(bob));
    }

    [Fact]
    public void Served_TransactionsOfABlockThatWasSent_OnceAndNoMore()
    {
        ConnectionId bob = Meet("bob");
        Make(Block);

        _scene.Hear(bob, new PeerMessage.GetBlockTransactions(Block.Id, [0, 9]));
        Assert.Equal([Ten[0].Id, Ten[9].Id], Assert.Single(_scene.Sent<PeerMessage.BlockTransactions>(bob)).Items.Select(item => item.Id));
        AssertNobodyBlamed();

        _scene.Hear(bob, new PeerMessage.GetBlockTransactions(Block.Id, [0, 9]));
        Assert.Empty(_scene.Sent<PeerMessage.BlockTransactions>(bob));
        Assert.Single(_scene.Sent<PeerMessage.BlocksNotFound>(bob));
        Assert.Equal(Misbehaviour.RepeatedRequest, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    /// <summary>The link hung: the peer asks when many newer blocks were sent to it.</summary>
    [Fact]
    public void Served_TransactionsOfABlockThatIsNotRecentAnyMore_GoesWholeOnce()
    {
        ConnectionId bob = Meet("bob");
        Make(Block);
        Block parent = Block;
        for (ulong i = 1; i <= 20; i++)
        {
            parent = Chains.BlockOn(parent.Header, 0, CompactBlocks.Transactions(10, 1 + (10 * i)));
            Make(parent);
        }

        _scene.Hear(bob, new PeerMessage.GetBlockTransactions(Block.Id, [0, 9]));
        Assert.Equal(Block.Id, Assert.Single(_scene.Sent<PeerMessage.DeliverBlock>(bob)).Block.Id);
        AssertNobodyBlamed();

        _scene.Hear(bob, new PeerMessage.GetBlockTransactions(Block.Id, [0, 9]));
        Assert.Equal(Misbehaviour.RepeatedRequest, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    /// <summary>Who cannot use a block yet that comes unasked, because it lacks the header or asks another, comes back for it.</summary>
    [Fact]
    public void Served_BlockThatWasSentUnasked_MayBeAskedForOnce()
    {
        ConnectionId bob = Meet("bob");
        Make(Block);
        Assert.Single(_scene.Sent<PeerMessage.CompactBlock>(bob));

        _scene.Hear(bob, new PeerMessage.GetCompactBlock(Block.Id));
        Assert.Single(_scene.Sent<PeerMessage.CompactBlock>(bob));
        AssertNobodyBlamed();

        _scene.Hear(bob, new PeerMessage.GetCompactBlock(Block.Id));
        Assert.Single(_scene.Sent<PeerMessage.CompactBlock>(bob));
        Assert.Equal(Misbehaviour.RepeatedRequest, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    [Fact]
    public void Served_PlaceBehindTheLast_CutsThePeer()
    {
        ConnectionId bob = Meet("bob");
        Make(Block);

        _scene.Hear(bob, new PeerMessage.GetBlockTransactions(Block.Id, [3, 10]));

        Assert.Empty(_scene.Sent<PeerMessage.BlockTransactions>(bob));
        Assert.Equal(Misbehaviour.IndexOutOfRange, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        Assert.True(_scene.Closed.ContainsKey(bob));
    }

    [Fact]
    public void Served_RecentBlock_AsCompactBlockAndOlderOnesWhole()
    {
        var blocks = new List<Block>();
        Block parent = Chains.Genesis;
        for (ulong i = 0; i < 11; i++)
        {
            parent = Chains.BlockOn(parent.Header, 0, CompactBlocks.Transactions(10, 1 + (10 * i)));
            blocks.Add(parent);
            Make(parent);
        }

        ConnectionId bob = Meet("bob");
        _scene.Hear(bob, new PeerMessage.GetCompactBlock(blocks[^1].Id));
        _scene.Hear(bob, new PeerMessage.GetCompactBlock(blocks[0].Id));
        _scene.Hear(bob, new PeerMessage.GetCompactBlock(Chains.UnknownBlock(1)));

        Assert.Equal(blocks[^1].Id, Assert.Single(_scene.Sent<PeerMessage.CompactBlock>(bob)).Header.Id);
        Assert.Equal(blocks[0].Id, Assert.Single(_scene.Sent<PeerMessage.DeliverBlock>(bob)).Block.Id);
        Assert.Single(_scene.Sent<PeerMessage.BlocksNotFound>(bob));
        AssertNobodyBlamed();
    }

    [Fact]
    public void Served_WhoAskedForPushes_IsSentTheBlockInsteadOfItsHeader()
    {
        ConnectionId bob = Meet("bob");
        ConnectionId carol = Meet("carol");
        ConnectionId dave = Meet("dave");
        _scene.Hear(bob, new PeerMessage.PushCompactBlocks(true));
        _scene.Hear(carol, new PeerMessage.PushCompactBlocks(true));
        _scene.Hear(carol, new PeerMessage.PushCompactBlocks(false));

        Pool(Ten);
        _scene.Hear(dave, CompactBlocks.Of(Block));

        Assert.Single(_scene.Sent<PeerMessage.CompactBlock>(bob));
        Assert.Empty(_scene.Sent<PeerMessage.AnnounceBlocks>(bob));
        Assert.Empty(_scene.Sent<PeerMessage.CompactBlock>(carol));
        Assert.Single(_scene.Sent<PeerMessage.AnnounceBlocks>(carol));
    }

    [Fact]
    public void Served_WhatThisNodeLacked_GoesWholeToThePeersAfterIt()
    {
        ConnectionId bob = Meet("bob");
        _scene.Hear(bob, new PeerMessage.PushCompactBlocks(true));
        Pool(Ten[..8]);
        ConnectionId carol = Announce("carol");

        _scene.Hear(carol, CompactBlocks.Of(Block));
        _scene.Hear(carol, new PeerMessage.BlockTransactions(Block.Id, Ten[8..]));

        Assert.Equal([8, 9], Assert.Single(_scene.Sent<PeerMessage.CompactBlock>(bob)).Prefilled.Select(each => each.Index));
    }

    [Fact]
    public void Brought_TheFirstThreePeers_AreAskedToPushAndTheFourthReplacesTheOldest()
    {
        ConnectionId[] peers = [.. Enumerable.Range(0, 4).Select(i => Meet($"peer-{i}"))];
        Block parent = Chains.Genesis;
        for (int i = 0; i < 5; i++)
        {
            parent = Chains.BlockOn(parent.Header, 0, CompactBlocks.Transactions(10, 1000 + (10 * (ulong)i)));
            _scene.Hear(peers[int.Min(i, 3)], new PeerMessage.DeliverBlock(parent));
        }

        bool[][] told = [.. peers.Select(peer => _scene.Sent<PeerMessage.PushCompactBlocks>(peer).Select(push => push.IsWanted).ToArray())];
        Assert.Equal([[true, false], [true], [true], [true]], told);
    }

    [Fact]
    public void Competing_BlockWithTheSameTransactions_IsPutTogetherFromTheOther()
    {
        ConnectionId bob = Meet("bob");
        _scene.Hear(bob, new PeerMessage.DeliverBlock(Block));
        Block rival = Chains.BlockOn(Chains.Genesis.Header, 1, Ten);
        _scene.ForgetSent();
        _scene.Tell(new GossipInput.NeedBlocks([new WantedBlock(rival.Id, rival.Height)], [bob]));

        _scene.Hear(bob, CompactBlocks.Of(rival));

        Assert.Empty(_scene.Sent<PeerMessage.GetBlockTransactions>(bob));
        Assert.Contains(_scene.Take<GossipEvent.BlockReceived>(), received => received.Block.Id == rival.Id);
    }

    [Fact]
    public void Catchup_BodiesFarBelowAPeersHead_AreAskedForWhole()
    {
        List<Block> chain = Chains.BlocksAfter(Chains.Genesis, 20);
        ConnectionId bob = Meet("bob", chain[^1]);
        _scene.ForgetSent();

        _scene.Hear(bob, new PeerMessage.Headers([.. chain.Select(block => block.Header)]));

        Assert.Empty(_scene.Sent<PeerMessage.GetCompactBlock>(bob));
        Assert.Single(_scene.Sent<PeerMessage.RequestBlocks>(bob));
    }

    private ConnectionId Meet(string name, Block? head = null, Scene? scene = null)
    {
        PeerMessage.Hello hello = Scene.Hello(name, head);
        return (scene ?? _scene).Meet(name, hello with { Capabilities = hello.Capabilities | PeerCapabilities.CompactBlocks });
    }

    private ConnectionId Announce(string name)
    {
        ConnectionId peer = Meet(name);
        _scene.Hear(peer, new PeerMessage.AnnounceBlocks([Block.Header]));
        return peer;
    }

    private void Pool(Transaction[] transactions)
    {
        foreach (Transaction transaction in transactions)
        {
            _scene.Chain.Add(transaction);
        }
    }

    private void Make(Block block)
    {
        BlockHeader before = _scene.Chain.Head;
        _scene.Tell(new GossipInput.BlockMade(block));
        _scene.Chain.Add([block]);
        _scene.Tell(_scene.Chain.HeadChanged(before));
    }

    private void AssertNobodyBlamed() => Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());

    private static List<PeerMessage> AllSent(Scene scene, ConnectionId to) => scene.Sent<PeerMessage>(to);
}
