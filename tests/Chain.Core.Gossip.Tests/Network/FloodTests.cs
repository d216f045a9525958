using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Testing;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Network;

/// <summary>Rows 12 and 17 of the list of faults: a thousand times the allowance, from a peer that is never banned and from one that is.</summary>
[Trait("Fault", "12")]
public sealed class FloodTests
{
    private const int PerSecond = 100;
    private const int Burst = 1024;
    private const int Seconds = 5;
    private const int Allowed = Burst + (PerSecond * Seconds);

    private static readonly List<Block> Blocks = Chains.BlocksAfter(Chains.Genesis, 600);

    private static readonly GossipOptions NeverBans = Chains.Options with
    {
        Peers = new PeerOptions { BanScore = 1_000_000 },
        Budgets = new BudgetOptions
        {
            Messages = new(1_000_000, 1_000_000),
            Bytes = new(1_000_000_000, 1_000_000_000),
            Announcements = new(PerSecond, Burst),
            Transactions = new(PerSecond, Burst),
            Headers = new(PerSecond, Burst),
            Addresses = new(PerSecond, Burst),
            Requests = new(PerSecond, Burst),
            Consensus = new(PerSecond, Burst),
        },
    };

    [Fact]
    public void Row12_MutantWithoutAllowances_ProcessesTheFlood()
    {
        Scene asked = Flood(turn => new PeerMessage.AnnounceTransactions(Unknown(turn)), out ConnectionId mallory, isGuarded: false);
        Scene headers = Flood(_ => new PeerMessage.GetHeaders([Chains.Genesis.Id]), out ConnectionId other, isGuarded: false);
        Scene consensus = Flood(_ => new PeerMessage.Consensus(new byte[8]), out _, isGuarded: false);

        Assert.True(asked.Sent<PeerMessage.RequestTransactions>(mallory).Sum(message => message.Ids.Count) > Allowed);
        Assert.True(headers.Sent<PeerMessage.Headers>(other).Count > Allowed / 16);
        Assert.True(consensus.Take<GossipEvent.ConsensusReceived>().Count > Allowed);
    }

    [Fact]
    public void Flood_Announcements_AsksForNoMoreThanTheAllowance()
    {
        Scene scene = Flood(turn => new PeerMessage.AnnounceTransactions(Unknown(turn)), out ConnectionId mallory);

        Assert.InRange(scene.Sent<PeerMessage.RequestTransactions>(mallory).Sum(message => message.Ids.Count), 1000, Allowed);
    }

    [Fact]
    public void Flood_HeaderRequests_AnswersNoMoreThanTheAllowance()
    {
        Scene scene = Flood(_ => new PeerMessage.GetHeaders([Chains.Genesis.Id]), out ConnectionId mallory);

        Assert.InRange(scene.Sent<PeerMessage.Headers>(mallory).Count, 50, Allowed / 16);
    }

    [Fact]
    public void Flood_AddressRequests_AnswersNoMoreThanTheAllowance()
    {
        Scene scene = Flood(_ => new PeerMessage.GetAddresses(), out ConnectionId mallory);

        Assert.InRange(scene.Sent<PeerMessage.Addresses>(mallory).Count, 10, Allowed / 64);
    }

    [Fact]
    public void Flood_TransactionRequests_LooksUpNoMoreThanTheAllowance()
    {
        Transaction[] pooled = [.. Enumerable.Range(0, 10_000).Select(i => Chains.Transaction((ulong)i))];
        Scene scene = Flood(
            turn => new PeerMessage.RequestTransactions([pooled[turn % 10_000].Id]),
            out ConnectionId mallory,
            s => Assert.All(pooled, transaction => s.Chain.Add(transaction)));

        Assert.InRange(scene.Sent<PeerMessage.Transactions>(mallory).Sum(message => message.Items.Count), 1000, Allowed);
    }

    [Fact]
    public void Flood_HeaderAnnouncements_JudgesNoMoreThanTheAllowance()
    {
        Scene scene = Flood(
            turn => new PeerMessage.AnnounceBlocks([Chains.BlockOn(Chains.Genesis.Header, (uint)turn).Header]), out _);

        Assert.InRange(scene.Take<GossipEvent.HeadersReceived>().Sum(received => received.Headers.Count), 1000, Allowed);
    }

    [Fact]
    public void Flood_ConsensusMessages_HandsUpNoMoreThanTheAllowance()
    {
        Scene scene = Flood(_ => new PeerMessage.Consensus(new byte[8]), out _);

        Assert.InRange(scene.Take<GossipEvent.ConsensusReceived>().Count, 1000, Allowed);
    }

    [Fact]
    public void Flood_UnderDefaultOptions_MalloryIsBannedAtOnceAndBobIsServed()
    {
        Scene scene = new Scene().Start();
        ConnectionId bob = scene.Meet("bob");
        ConnectionId mallory = scene.Meet("mallory");
        int heard = 0;
        while (!scene.Closed.ContainsKey(mallory))
        {
            scene.Hear(mallory, new PeerMessage.AnnounceTransactions(Unknown((ulong)heard++, 1000)));
        }

        Assert.InRange(heard, 1, 200);
        Assert.Equal(Consequence.Banned, scene.Take<GossipEvent.PeerMisbehaved>()[^1].Consequence);
        scene.Hear(bob, new PeerMessage.AnnounceTransactions([Chains.UnknownTransaction(99)]));
        Assert.Single(scene.Sent<PeerMessage.RequestTransactions>(bob));
    }

    [Fact]
    public void Hostile_HundredThousandMessagesFromManyIdentities_EverythingStaysBounded()
    {
        GossipOptions options = Chains.Options with
        {
            Peers = new PeerOptions { MaxAddresses = 200, MaxScores = 300, InboundSlots = 16 },
            Relay = new RelayOptions { MaxAsked = 2000, MaxAskedOfPeer = 500, KnownPerPeer = 1000, RecentlySeen = 5000 },
            Sync = new SyncOptions { MaxWantedBlocks = 100 },
        };
        Scene scene = new Scene(options).Start();
        var random = new DeterministicRandom(77);
        int count = LongRun.Count(ordinary: 100_000, perFactor: 10_000_000);
        ConnectionId mallory = scene.Meet("mallory-0");
        int identities = 1;
        for (int i = 0; i < count; i++)
        {
            if (scene.Closed.ContainsKey(mallory))
            {
                scene.Closed.Clear();
                mallory = scene.Meet($"mallory-{identities++}");
            }

            scene.Hear(mallory, Anything(random));
            if (i % 1000 == 0)
            {
                scene.Wait(TimeSpan.FromMilliseconds(100));
                scene.ForgetSent();
                scene.Events.Clear();
                AssertBounded(scene.Machine, options);
            }
        }

        AssertBounded(scene.Machine, options);
        Assert.True(identities > 300, $"Mallory came back only {identities} times.");
    }

    private static void AssertBounded(GossipMachine machine, GossipOptions options)
    {
        Assert.InRange(machine.Held.Peers, 0, options.Peers.InboundSlots);
        Assert.InRange(machine.Held.Addresses, 0, options.Peers.MaxAddresses);
        Assert.InRange(machine.Held.Scores, 0, options.Peers.MaxScores);
        Assert.InRange(machine.Held.AskedTransactions, 0, options.Relay.MaxAsked);
        Assert.InRange(machine.Held.WantedBlocks, 0, options.Sync.MaxWantedBlocks);
    }

    private static PeerMessage Anything(DeterministicRandom random)
    {
        ulong number = random.NextBelow(1000);
        return random.NextBelow(14) switch
        {
            0 => new PeerMessage.Ping(number),
            1 => new PeerMessage.Pong(number),
            2 => new PeerMessage.GetAddresses(),
            3 => new PeerMessage.Addresses([Chains.Address($"evil-{number}.example")]),
            4 or 5 => new PeerMessage.AnnounceTransactions(Unknown(number)),
            6 => new PeerMessage.RequestTransactions(Unknown(number)),
            7 => new PeerMessage.Transactions([Chains.Transaction(number)]),
            8 => new PeerMessage.AnnounceBlocks([Blocks[(int)(number % 600)].Header]),
            9 => new PeerMessage.RequestBlocks([Blocks[(int)(number % 600)].Id, Chains.UnknownBlock(number)]),
            10 => new PeerMessage.DeliverBlock(Blocks[(int)(number % 600)]),
            11 => new PeerMessage.GetHeaders([Chains.UnknownBlock(number)]),
            12 => new PeerMessage.Headers([Blocks[(int)(number % 600)].Header]),
            _ => new PeerMessage.Consensus(new byte[number]),
        };
    }

    /// <summary>A hundred messages a millisecond, of which the allowance has room for one in a thousand.</summary>
    private static Scene Flood(
        Func<ulong, PeerMessage> message, out ConnectionId mallory, Action<Scene>? prepare = null, bool isGuarded = true)
    {
        GossipOptions options = NeverBans with { Protections = Protections.All with { ChargesBudgets = isGuarded } };
        Scene scene = new Scene(options).Start();
        scene.Chain.Add(Blocks);
        prepare?.Invoke(scene);
        mallory = scene.Meet("mallory");
        scene.ForgetSent();
        ulong turn = 0;
        for (int tick = 0; tick < Seconds * 100; tick++)
        {
            for (int i = 0; i < 100; i++)
            {
                scene.Hear(mallory, message(turn++));
            }

            scene.Take<GossipEvent.PeerMisbehaved>();
            scene.Wait(TimeSpan.FromMilliseconds(10));
        }

        Assert.Empty(scene.Closed);
        return scene;
    }

    private static TransactionId[] Unknown(ulong turn, int count = 10) =>
        [.. Enumerable.Range(0, count).Select(i => Chains.UnknownTransaction((turn * (ulong)count) + (ulong)i))];
}
