using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Gossip.Tests.Relay.Compact;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Conduct;

/// <summary>Every cause, each played by mallory until she is cut.</summary>
[Trait("Fault", "13")]
public sealed class MisbehaviourTests
{
    private const int Patience = 100_000;

    private static readonly List<Block> Blocks = Chains.BlocksAfter(Chains.Genesis, 600);
    private static readonly PeerAddress[] Addresses = [.. Enumerable.Range(0, 200).Select(i => Chains.Address($"host-{i}.example"))];

    private static readonly Transaction Large = Chains.Transaction(1, 40 * 1024);
    private static readonly Transaction[] Small = [.. Enumerable.Range(0, 1024).Select(i => Chains.Transaction((ulong)i))];

    /// <summary>What mallory does at each turn. The argument is the number of the turn.</summary>
    private static readonly Dictionary<Misbehaviour, Action<Scene, ConnectionId, ulong>> Acts = new()
    {
        [Misbehaviour.SecondHello] = (scene, mallory, _) => scene.Hear(mallory, Scene.Hello("mallory")),
        [Misbehaviour.MalformedMessage] = Reported(Misbehaviour.MalformedMessage),
        [Misbehaviour.EmptyList] = (scene, mallory, _) => scene.Hear(mallory, new PeerMessage.AnnounceTransactions([])),
        [Misbehaviour.RepeatedId] = (scene, mallory, turn) => scene.Hear(mallory, turn % 2 == 0
            ? new PeerMessage.RequestBlocks([Blocks[0].Id, Blocks[0].Id])
            : new PeerMessage.RequestTransactions([Chains.UnknownTransaction(1), Chains.UnknownTransaction(1)])),
        [Misbehaviour.TooManyMessages] = (scene, mallory, turn) => scene.Hear(mallory, new PeerMessage.Ping(turn)),
        [Misbehaviour.TooManyBytes] = (scene, mallory, _) =>
            scene.Hear(mallory, new PeerMessage.Consensus(new byte[WireLimits.ConsensusBytes])),
        [Misbehaviour.TooManyAnnouncements] = (scene, mallory, _) =>
            scene.Hear(mallory, new PeerMessage.AnnounceTransactions([.. Enumerable.Repeat(Chains.UnknownTransaction(1), 1024)])),
        [Misbehaviour.TooManyTransactions] = (scene, mallory, _) =>
        {
            scene.Hear(mallory, new PeerMessage.AnnounceTransactions([.. Small.Select(transaction => transaction.Id)]));
            scene.Hear(mallory, new PeerMessage.Transactions(Small));
        },
        [Misbehaviour.TooManyHeaders] = (scene, mallory, _) =>
            scene.Hear(mallory, new PeerMessage.AnnounceBlocks(Blocks[..512].ConvertAll(block => block.Header))),
        [Misbehaviour.TooManyAddresses] = (scene, mallory, _) => scene.Hear(mallory, new PeerMessage.Addresses(Addresses)),
        [Misbehaviour.TooManyRequests] = (scene, mallory, turn) =>
            scene.Hear(mallory, new PeerMessage.RequestTransactions(Unknown(turn))),
        [Misbehaviour.TooManyConsensusMessages] = (scene, mallory, _) =>
            scene.Hear(mallory, new PeerMessage.Consensus(new byte[10])),
        [Misbehaviour.UnsolicitedTransaction] = (scene, mallory, turn) =>
            scene.Hear(mallory, new PeerMessage.Transactions([Chains.Transaction(turn)])),
        [Misbehaviour.UnsolicitedBlock] = (scene, mallory, _) =>
            scene.Hear(mallory, new PeerMessage.DeliverBlock(Blocks[0])),
        [Misbehaviour.TooManyBlocks] = (scene, mallory, turn) =>
            scene.Hear(mallory, new PeerMessage.DeliverBlock(Blocks[(int)turn])),
        [Misbehaviour.UnsolicitedHeaders] = (scene, mallory, turn) =>
            scene.Hear(mallory, new PeerMessage.Headers([Blocks[(int)turn].Header])),
        [Misbehaviour.UnsolicitedAddresses] = (scene, mallory, _) =>
            scene.Hear(mallory, new PeerMessage.Addresses([Addresses[0]])),
        [Misbehaviour.UnsolicitedPong] = (scene, mallory, turn) => scene.Hear(mallory, new PeerMessage.Pong(turn)),
        [Misbehaviour.UnsolicitedNotFound] = (scene, mallory, turn) =>
            scene.Hear(mallory, new PeerMessage.BlocksNotFound([Chains.UnknownBlock(turn)])),
        [Misbehaviour.UnconnectedHeaders] = (scene, mallory, _) =>
            scene.Hear(mallory, new PeerMessage.AnnounceBlocks([Blocks[0].Header, Blocks[2].Header])),
        [Misbehaviour.UnprovenHead] = (scene, mallory, turn) =>
        {
            scene.Hear(mallory, new PeerMessage.AnnounceBlocks([Chains.BlocksAfter(Blocks[5], 1, (uint)turn + 1)[0].Header]));
            scene.Hear(mallory, new PeerMessage.Headers([]));
        },
        [Misbehaviour.WithheldTransactions] = (scene, mallory, turn) =>
        {
            scene.Hear(mallory, new PeerMessage.AnnounceTransactions(Unknown(turn)));
            scene.Wait(Chains.Options.Relay.RequestTimeout);
        },
        [Misbehaviour.RepeatedRequest] = (scene, mallory, _) =>
            scene.Hear(mallory, new PeerMessage.RequestBlocks([Chains.Genesis.Id])),
        [Misbehaviour.WrongBody] = (scene, mallory, turn) =>
        {
            Block block = Blocks[(int)turn];
            scene.Tell(new GossipInput.NeedBlocks([new WantedBlock(block.Id, block.Height)], [mallory]));
            scene.Hear(mallory, new PeerMessage.DeliverBlock(Block.Create(block.Header, [Large])));
        },
        [Misbehaviour.StalledBlocks] = (scene, mallory, turn) =>
        {
            scene.Tell(new GossipInput.NeedBlocks([new WantedBlock(Blocks[0].Id, Blocks[0].Height)], [mallory]));
            scene.Wait(TimeSpan.FromSeconds(1));
            scene.Hear(mallory, new PeerMessage.Ping(turn));
        },
        [Misbehaviour.StalledHeaders] = (scene, mallory, turn) =>
        {
            if (turn == 0)
            {
                scene.Hear(mallory, new PeerMessage.AnnounceBlocks([Blocks[5].Header]));
            }

            scene.Wait(TimeSpan.FromSeconds(1));
        },
        [Misbehaviour.InvalidTransaction] = Reported(Misbehaviour.InvalidTransaction),
        [Misbehaviour.InvalidHeader] = Reported(Misbehaviour.InvalidHeader),
        [Misbehaviour.InvalidBlock] = Reported(Misbehaviour.InvalidBlock),
        [Misbehaviour.InvalidConsensusMessage] = Reported(Misbehaviour.InvalidConsensusMessage),
        [Misbehaviour.MalformedCompactBlock] = (scene, mallory, turn) =>
        {
            PeerMessage.CompactBlock compact = NeedCompact(scene, mallory, turn);
            scene.Hear(mallory, new PeerMessage.CompactBlock(compact.Header, compact.Salt, new byte[2 * ShortIdKey.Size], []));
        },
        [Misbehaviour.UnsolicitedBlockTransactions] = (scene, mallory, turn) =>
            scene.Hear(mallory, new PeerMessage.BlockTransactions(Chains.UnknownBlock(turn), [Small[0]])),
        [Misbehaviour.WrongBlockTransactions] = (scene, mallory, turn) =>
        {
            PeerMessage.CompactBlock compact = NeedCompact(scene, mallory, turn);
            scene.Hear(mallory, compact);
            scene.Hear(mallory, new PeerMessage.BlockTransactions(compact.Header.Id, Small[100..(100 + compact.TransactionCount)]));
        },
        [Misbehaviour.IndexOutOfRange] = (scene, mallory, turn) =>
        {
            Block block = Chains.BlockOn(Chains.Genesis.Header, (uint)turn + 1, Small[..20]);
            scene.Tell(new GossipInput.BlockMade(block));
            scene.Hear(mallory, new PeerMessage.GetBlockTransactions(block.Id, [19, 20]));
        },
        [Misbehaviour.UnsolicitedStateChanges] = (scene, mallory, turn) =>
            scene.Hear(mallory, new PeerMessage.StateChanges(Chains.UnknownBlock(turn), StateChangesAnswer.NotKept, default)),
        [Misbehaviour.WrongStateChanges] = Reported(Misbehaviour.WrongStateChanges),
        [Misbehaviour.Unresponsive] = (scene, _, _) => scene.Wait(TimeSpan.FromSeconds(10)),
    };

    private static readonly Dictionary<Misbehaviour, PeerMessage?> InsteadOfHello = new()
    {
        [Misbehaviour.MessageBeforeHello] = new PeerMessage.Ping(1),
        [Misbehaviour.WrongNetwork] = Scene.Hello("mallory") with { Network = 8 },
        [Misbehaviour.WrongGenesis] = Scene.Hello("mallory") with { Genesis = Chains.UnknownBlock(1) },
        [Misbehaviour.NoCommonVersion] = Scene.Hello("mallory") with { MinVersion = 2, MaxVersion = 3 },
        [Misbehaviour.HelloTimeout] = null,
    };

    public static TheoryData<Misbehaviour> Causes => [.. Acts.Keys];

    public static TheoryData<Misbehaviour> EarlyCauses => [.. InsteadOfHello.Keys];

    [Fact]
    public void Causes_AllOfThem_ArePlayedHere()
    {
        Misbehaviour[] played = [.. Acts.Keys.Concat(InsteadOfHello.Keys).Order()];

        Assert.Equal(Enum.GetValues<Misbehaviour>().Where(cause => cause != Misbehaviour.None), played);
        Assert.True(played.Length >= 20);
    }

    [Theory]
    [MemberData(nameof(Causes))]
    public void Cause_AgainAndAgain_CutsMalloryAndNobodyElse(Misbehaviour cause)
    {
        GossipOptions options = Chains.Options with { Budgets = Tight(cause) };
        Scene scene = new Scene(options) { ChainAnswers = cause is Misbehaviour.UnprovenHead or Misbehaviour.StalledHeaders }.Start();
        ConnectionId bob = scene.Meet("bob");
        ConnectionId mallory = Meet(scene, cause);
        scene.Hear(mallory, new PeerMessage.Pong(Assert.Single(scene.Sent<PeerMessage.Ping>(mallory)).Nonce));
        int blamed = 0;

        for (ulong turn = 0; turn < Patience && !scene.Closed.ContainsKey(mallory); turn++)
        {
            Instant before = scene.Now;
            Acts[cause](scene, mallory, turn);
            if (scene.Now != before)
            {
                scene.Hear(bob, new PeerMessage.Ping(turn));
            }

            blamed += scene.Take<GossipEvent.PeerMisbehaved>().Count(misbehaved => misbehaved.Cause == cause);
            scene.Events.Clear();
            scene.ForgetSent();
        }

        Assert.True(blamed > 0, $"Mallory was not blamed for {cause}.");
        Assert.Equal([mallory], scene.Closed.Keys);
    }

    /// <summary>Row 13 of the list of faults: without scores not one of the causes ends a connection.</summary>
    [Theory]
    [MemberData(nameof(Causes))]
    public void Row13_MutantWithoutScores_CutsNobody(Misbehaviour cause)
    {
        GossipOptions options = Chains.Options with
        {
            Budgets = Tight(cause),
            Protections = Protections.All with { KeepsScores = false },
        };
        Scene scene = new Scene(options) { ChainAnswers = cause is Misbehaviour.UnprovenHead or Misbehaviour.StalledHeaders }.Start();
        ConnectionId mallory = Meet(scene, cause);

        for (ulong turn = 0; turn < 100; turn++)
        {
            Acts[cause](scene, mallory, turn);
        }

        Assert.Empty(scene.Closed);
    }

    [Theory]
    [MemberData(nameof(EarlyCauses))]
    public void Cause_InsteadOfHello_CutsAtOnce(Misbehaviour cause)
    {
        Scene scene = new Scene().Start();
        ConnectionId mallory = scene.Connect("mallory");

        if (InsteadOfHello[cause] is { } message)
        {
            scene.Hear(mallory, message);
        }
        else
        {
            scene.Wait(Chains.Options.Peers.HelloTimeout);
        }

        Assert.Equal(cause, Assert.Single(scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        Assert.True(scene.Closed.ContainsKey(mallory));
    }

    [Fact]
    public void EmptyList_OfEveryKind_CountsAgainstThePeer()
    {
        Scene scene = new Scene().Start();
        PeerMessage[] empty =
        [
            new PeerMessage.AnnounceTransactions([]), new PeerMessage.RequestTransactions([]), new PeerMessage.Transactions([]),
            new PeerMessage.AnnounceBlocks([]), new PeerMessage.RequestBlocks([]), new PeerMessage.BlocksNotFound([]),
        ];

        foreach (PeerMessage message in empty)
        {
            scene.Hear(scene.Meet($"mallory-{message.Kind}"), message);
            Assert.Equal(Misbehaviour.EmptyList, Assert.Single(scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        }
    }

    /// <summary>Makes the allowance small that the cause is about, so that it is exceeded before anything else is wrong.</summary>
    private static BudgetOptions Tight(Misbehaviour cause) => cause switch
    {
        Misbehaviour.TooManyBytes => new() { Bytes = new(1, WireLimits.BlockBytes * 2) },
        Misbehaviour.TooManyTransactions => new() { Transactions = new(1, WireLimits.DeliveredTransactions) },
        Misbehaviour.TooManyHeaders => new() { Headers = new(1, WireLimits.Headers) },
        Misbehaviour.TooManyAddresses => new() { Addresses = new(1, WireLimits.Addresses) },
        Misbehaviour.TooManyRequests => new() { Requests = new(1, WireLimits.InventoryIds) },
        _ => new(),
    };

    /// <summary>Mallory takes compact blocks, and tells what blocks change, where the cause is about one of the two.</summary>
    private static ConnectionId Meet(Scene scene, Misbehaviour cause)
    {
        PeerMessage.Hello hello = Scene.Hello("mallory");
        return scene.Meet("mallory", cause >= Misbehaviour.MalformedCompactBlock
            ? hello with { Capabilities = hello.Capabilities | PeerCapabilities.CompactBlocks | PeerCapabilities.StateChanges }
            : hello);
    }

    /// <summary>Has the node ask mallory for a block; its compact form.</summary>
    private static PeerMessage.CompactBlock NeedCompact(Scene scene, ConnectionId mallory, ulong turn)
    {
        Block block = Chains.BlockOn(Chains.Genesis.Header, (uint)turn + 1, Small[..20]);
        scene.Tell(new GossipInput.NeedBlocks([new WantedBlock(block.Id, block.Height)], [mallory]));
        return CompactBlocks.Of(block);
    }

    private static Action<Scene, ConnectionId, ulong> Reported(Misbehaviour cause) =>
        (scene, mallory, _) => scene.Tell(new GossipInput.ReportPeer(mallory, cause));

    private static TransactionId[] Unknown(ulong turn) =>
        [.. Enumerable.Range(0, 1000).Select(i => Chains.UnknownTransaction((turn * 1000) + (ulong)i))];
}
