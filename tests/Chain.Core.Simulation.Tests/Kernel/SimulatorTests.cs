using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation.Tests.Kernel;

public class SimulatorTests
{
    [Fact]
    public void AddNode_MoreThanAByteCounts_EachHasItsAddress()
    {
        var simulator = new Simulator(new SimulatorOptions());
        for (int i = 0; i < 700; i++)
        {
            simulator.AddNode("n", static _ => new Script(static (_, _, _) => { }));
        }

        Assert.Equal(700, simulator.Nodes.Select(static node => node.Address).Distinct().Count());
    }

    private static readonly TimerKey Timer = new(1);

    [Fact]
    public void Messages_OfOneConnection_ArriveInOrder()
    {
        var simulator = new Simulator(new SimulatorOptions
        {
            Network = new NetworkModel { Latency = TimeSpan.FromMilliseconds(1), Jitter = TimeSpan.FromMilliseconds(500) },
        });
        (Script _, Script receiver) = Pair(simulator, onConnected: static (connection, effects) =>
        {
            for (ulong i = 0; i < 100; i++)
            {
                effects.Send(connection, new PeerMessage.Ping(i));
            }
        });
        simulator.RunFor(TimeSpan.FromSeconds(5));

        Assert.Equal(Enumerable.Range(0, 100).Select(static i => (ulong)i), Pings(receiver));
    }

    [Fact]
    public void Messages_Loss_VanishInThatProportion()
    {
        var simulator = new Simulator(new SimulatorOptions { Network = new NetworkModel { LossPerMillion = 300_000 } });
        (Script _, Script receiver) = Pair(simulator, onConnected: static (connection, effects) =>
        {
            for (ulong i = 0; i < 1000; i++)
            {
                effects.Send(connection, new PeerMessage.Ping(i));
            }
        });
        simulator.RunFor(TimeSpan.FromSeconds(5));

        Assert.InRange(Pings(receiver).Count(), 650, 750);
    }

    [Fact]
    public void Messages_Uplink_TakeTheTimeOfTheirBytes()
    {
        var network = new NetworkModel { Latency = TimeSpan.Zero, Jitter = TimeSpan.Zero, UplinkBytesPerSecond = 10 };
        var simulator = new Simulator(new SimulatorOptions { Network = network });
        (Script _, Script receiver) = Pair(simulator, onConnected: static (connection, effects) =>
        {
            effects.Send(connection, new PeerMessage.Ping(1));
            effects.Send(connection, new PeerMessage.Ping(2));
        });
        simulator.RunFor(TimeSpan.FromSeconds(10));
        Instant[] at = [.. receiver.Told.Where(told => told.Input is HostInput.Received).Select(told => told.At)];

        Assert.Equal(2, at.Length);
        Assert.Equal(at[0] - Instant.Zero, at[1] - at[0]);
        Assert.True(at[0] > Instant.Zero);
    }

    [Fact]
    public void Messages_Link_TakeTheTimeOfTheirBytesOnItAlone()
    {
        var network = new NetworkModel { Latency = TimeSpan.Zero, Jitter = TimeSpan.Zero, LinkBytesPerSecond = 10 };
        var simulator = new Simulator(new SimulatorOptions { Network = network });
        (Script _, Script receiver) = Pair(simulator, onConnected: static (connection, effects) =>
        {
            effects.Send(connection, new PeerMessage.Ping(1));
            effects.Send(connection, new PeerMessage.Ping(2));
        });
        (Script _, Script other) = Pair(simulator, onConnected: static (connection, effects) => effects.Send(connection, new PeerMessage.Ping(1)));
        simulator.RunFor(TimeSpan.FromSeconds(10));
        Instant[] at = ArrivalsAt(receiver);

        Assert.Equal(2, at.Length);
        Assert.Equal(at[0] - Instant.Zero, at[1] - at[0]);
        Assert.Equal(at[0], Assert.Single(ArrivalsAt(other)));
        Assert.Equal(simulator.Nodes[1].BytesSent, simulator.Nodes[0].BytesReceived);
    }

    [Fact]
    public void Messages_Reordering_AllArriveButNotInOrder()
    {
        var simulator = new Simulator(new SimulatorOptions { Network = new NetworkModel { ReorderingPerMillion = 200_000 } });
        (Script _, Script receiver) = Pair(simulator, SendHundred);
        simulator.RunFor(TimeSpan.FromSeconds(5));

        Assert.Equal(100, Pings(receiver).Distinct().Count());
        Assert.NotEqual(Pings(receiver).Order(), Pings(receiver));
    }

    [Fact]
    public void Messages_Duplicates_ArriveTwiceInThatProportion()
    {
        var simulator = new Simulator(new SimulatorOptions { Network = new NetworkModel { DuplicatesPerMillion = 300_000 } });
        (Script _, Script receiver) = Pair(simulator, SendHundred);
        simulator.RunFor(TimeSpan.FromSeconds(5));

        Assert.Equal(100, Pings(receiver).Distinct().Count());
        Assert.InRange(Pings(receiver).Count(), 115, 145);
    }

    [Fact]
    public void CutOneWay_MessagesOfThatDirection_VanishUntilItHeals()
    {
        var simulator = new Simulator(new SimulatorOptions());
        ConnectionId? line = null;
        (Script sender, Script receiver) = Pair(simulator, (connection, _) => line = connection);
        simulator.RunFor(TimeSpan.FromSeconds(1));
        simulator.CutOneWay(simulator.Nodes[1], simulator.Nodes[0]);
        Say(simulator, simulator.Nodes[1], line!.Value, 1);
        Say(simulator, simulator.Nodes[0], new ConnectionId(1), 2);
        simulator.Heal();
        Say(simulator, simulator.Nodes[1], line.Value, 3);

        Assert.Equal([3UL], Pings(receiver));
        Assert.Equal([2UL], Pings(sender));
        Assert.Empty(sender.All<HostInput.Disconnected>());
    }

    [Fact]
    public void Clog_MessagesOfThatDirection_WaitInOrderUntilItIsUnclogged()
    {
        var simulator = new Simulator(new SimulatorOptions());
        ConnectionId? line = null;
        (Script sender, Script receiver) = Pair(simulator, (connection, _) => line = connection);
        simulator.RunFor(TimeSpan.FromSeconds(1));
        simulator.Clog(simulator.Nodes[1], simulator.Nodes[0]);
        for (ulong i = 0; i < 3; i++)
        {
            Say(simulator, simulator.Nodes[1], line!.Value, i);
        }

        Say(simulator, simulator.Nodes[0], new ConnectionId(1), 9);
        Assert.Empty(Pings(receiver));
        Assert.Equal([9UL], Pings(sender));
        simulator.Unclog(simulator.Nodes[1], simulator.Nodes[0]);
        simulator.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal([0UL, 1, 2], Pings(receiver));
    }

    [Fact]
    public void ByReference_Messages_ArriveAsTheSameObject()
    {
        var message = new PeerMessage.Ping(7);
        var simulator = new Simulator(new SimulatorOptions { EncodesMessages = false });
        (Script _, Script receiver) = Pair(simulator, (connection, effects) => effects.Send(connection, message));
        simulator.RunFor(TimeSpan.FromSeconds(5));

        Assert.Same(message, Assert.Single(receiver.All<HostInput.Received>()).Message);
    }

    [Fact]
    public void CrashAtEffect_EveryPoint_EndsTheStepThere()
    {
        for (int point = 0; point <= 3; point++)
        {
            var simulator = new Simulator(new SimulatorOptions());
            Add(simulator, static (input, _, effects) =>
            {
                if (input is HostInput.Commanded)
                {
                    effects.Write(Batch(1), Durability.Buffered);
                    effects.Write(Batch(2), Durability.Buffered);
                    effects.Write(Batch(3), Durability.Buffered);
                }
            });
            SimulatedNode node = simulator.Nodes[0];
            Simulator.CrashAtEffect(node, point, keepsWrites: true);
            simulator.Tell(node, new HostInput.Commanded("go"));
            simulator.RunFor(TimeSpan.FromSeconds(1));

            Assert.Equal(point == 3, node.IsRunning);
            Assert.Equal(point, node.Effected);
            Assert.Equal(point, Enumerable.Range(1, 3).Count(key => node.Disk.TryGet([(byte)key], out _)));
        }
    }

    [Fact]
    public void AddInvariant_BrokenForAMoment_IsSeenWhileItRuns()
    {
        var simulator = new Simulator(new SimulatorOptions { InvariantInterval = 1 });
        bool isBroken = false;
        Add(simulator, (input, context, effects) =>
        {
            isBroken = input is HostInput.TimerFired && context.Now == new Instant(2_000_000);
            effects.SetTimer(Timer, context.Now + TimeSpan.FromSeconds(1));
        });
        simulator.AddInvariant("never at two", () => isBroken ? "it is two" : null);

        string message = Assert.Throws<SimulationException>(() => simulator.RunFor(TimeSpan.FromSeconds(10))).Message;
        Assert.Contains("time 2.000000 s", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Timer_SetAnewOrCancelled_FiresOnceAndNeverStale()
    {
        var simulator = new Simulator(new SimulatorOptions());
        Script script = Add(simulator, static (input, context, effects) =>
        {
            if (input is HostInput.Started)
            {
                effects.SetTimer(Timer, context.Now + TimeSpan.FromSeconds(1));
                effects.SetTimer(Timer, context.Now + TimeSpan.FromSeconds(2));
                effects.SetTimer(new TimerKey(2), context.Now + TimeSpan.FromSeconds(3));
                effects.CancelTimer(new TimerKey(2));
            }
        });
        simulator.RunFor(TimeSpan.FromSeconds(10));

        (Instant at, HostInput input) = Assert.Single(script.Told, told => told.Input is HostInput.TimerFired);
        Assert.Equal(Timer, Assert.IsType<HostInput.TimerFired>(input).Key);
        Assert.Equal(new Instant(2_000_000), at);
    }

    [Fact]
    public void Timer_OfAnEarlierLife_DoesNotFire()
    {
        var simulator = new Simulator(new SimulatorOptions());
        var lives = new List<Script>();
        SimulatedNode node = simulator.AddNode("a", _ =>
        {
            lives.Add(new Script((input, context, effects) =>
            {
                if (input is HostInput.Started && lives.Count == 1)
                {
                    effects.SetTimer(Timer, context.Now + TimeSpan.FromSeconds(5));
                    effects.Offload(new JobId(1), new NothingJob());
                }
            }));
            return lives[^1];
        });
        simulator.RunFor(TimeSpan.FromMicroseconds(500));
        simulator.Crash(node);
        simulator.Restart(node);
        simulator.RunFor(TimeSpan.FromSeconds(10));

        Assert.Equal(2, lives.Count);
        Assert.IsType<HostInput.Started>(Assert.Single(lives[1].Told).Input);
    }

    [Fact]
    public void Partition_CutsConnectionsAndDials_UntilItHeals()
    {
        var simulator = new Simulator(new SimulatorOptions());
        (Script sender, Script receiver) = Pair(simulator, static (_, _) => { });
        simulator.RunFor(TimeSpan.FromSeconds(1));
        simulator.Partition([simulator.Nodes[0]], [simulator.Nodes[1]]);
        simulator.RunFor(TimeSpan.FromSeconds(2));

        Assert.Single(sender.All<HostInput.Disconnected>());
        Assert.Single(receiver.All<HostInput.Disconnected>());

        simulator.Tell(simulator.Nodes[1], new HostInput.Commanded("dial"));
        simulator.RunFor(TimeSpan.FromSeconds(2));
        Assert.Single(sender.All<HostInput.DialFailed>());

        simulator.Partition([simulator.Nodes[0], simulator.Nodes[1]]);
        simulator.Tell(simulator.Nodes[1], new HostInput.Commanded("dial"));
        simulator.RunFor(TimeSpan.FromSeconds(2));
        Assert.Equal(2, receiver.All<HostInput.Connected>().Count());
    }

    [Fact]
    public void Dial_CutWhileTheAnswerIsUnderWay_Fails()
    {
        var simulator = new Simulator(new SimulatorOptions
        {
            Network = new NetworkModel { Latency = TimeSpan.FromMilliseconds(100), Jitter = TimeSpan.Zero },
        });
        (Script sender, Script receiver) = Pair(simulator, static (_, _) => { });
        simulator.RunFor(TimeSpan.FromMilliseconds(150));
        Assert.Single(receiver.All<HostInput.Connected>());
        simulator.Partition([simulator.Nodes[0]], [simulator.Nodes[1]]);
        simulator.RunFor(TimeSpan.FromSeconds(5));

        Assert.Empty(sender.All<HostInput.Connected>());
        Assert.Single(sender.All<HostInput.DialFailed>());
    }

    [Fact]
    public void Dial_OfAnEarlierLife_IsLostWithoutAWordToTheNewOne()
    {
        var simulator = new Simulator(new SimulatorOptions
        {
            Network = new NetworkModel { Latency = TimeSpan.FromMilliseconds(100), Jitter = TimeSpan.Zero },
        });
        (Script sender, Script receiver) = Pair(simulator, static (_, _) => { }, dialsAgain: false);
        simulator.RunFor(TimeSpan.FromMilliseconds(50));
        simulator.Crash(simulator.Nodes[1]);
        simulator.Restart(simulator.Nodes[1]);
        simulator.RunFor(TimeSpan.FromSeconds(5));

        Assert.Equal(receiver.All<HostInput.Connected>().Single().Connection.Id, Assert.Single(receiver.All<HostInput.Disconnected>()).Connection);
        Assert.Empty(sender.All<HostInput.Connected>());
    }

    [Fact]
    public void CrashAfterEffects_DropsTheEffectsThatFollow()
    {
        var simulator = new Simulator(new SimulatorOptions());
        Add(simulator, static (_, _, _) => { });
        Add(simulator, static (input, _, effects) =>
        {
            if (input is HostInput.Commanded)
            {
                effects.Write(Batch(1), Durability.Durable);
                effects.HoldUntilDurable();
                effects.Write(Batch(2), Durability.Durable);
            }
        });
        SimulatedNode node = simulator.Nodes[1];
        simulator.RunFor(TimeSpan.FromSeconds(1));
        Simulator.CrashAfterEffects(node, 2);
        simulator.Tell(node, new HostInput.Commanded("go"));
        simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.False(node.IsRunning);
        Assert.True(node.Disk.TryGet([1], out _));
        Assert.False(node.Disk.TryGet([2], out _));
    }

    [Fact]
    public void Crash_ByWhoHearsOfAnEvent_DropsTheEffectsThatFollow()
    {
        var simulator = new Simulator(new SimulatorOptions());
        Add(simulator, static (input, _, effects) =>
        {
            if (input is HostInput.Commanded)
            {
                effects.Write(Batch(1), Durability.Durable);
                effects.HoldUntilDurable();
                effects.Emit(new Protocol.NodeEvent.PoolRead(0, 0));
                effects.Write(Batch(2), Durability.Durable);
            }
        });
        SimulatedNode node = simulator.Nodes[0];
        simulator.EventObserved = (teller, _) => simulator.Crash(teller);
        simulator.Tell(node, new HostInput.Commanded("go"));
        simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.False(node.IsRunning);
        Assert.True(node.Disk.TryGet([1], out _));
        Assert.False(node.Disk.TryGet([2], out _));
    }

    [Fact]
    public void CrashAfterEffects_BeforeTheDiskHasSynced_MayLoseTheWrite()
    {
        int kept = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            var simulator = new Simulator(new SimulatorOptions { Seed = seed });
            Add(simulator, static (input, _, effects) =>
            {
                if (input is HostInput.Commanded)
                {
                    effects.Write(Batch(1), Durability.Durable);
                    effects.HoldUntilDurable();
                }
            });
            Simulator.CrashAfterEffects(simulator.Nodes[0], 1);
            simulator.Tell(simulator.Nodes[0], new HostInput.Commanded("go"));
            simulator.RunFor(TimeSpan.FromSeconds(1));
            kept += simulator.Nodes[0].Disk.TryGet([1], out _) ? 1 : 0;
        }

        Assert.InRange(kept, 5, 35);
    }

    [Fact]
    public void HoldUntilDurable_EffectsAfterIt_AreLaterByTheDisk()
    {
        var simulator = new Simulator(new SimulatorOptions
        {
            DiskSync = TimeSpan.FromSeconds(1),
            Network = new NetworkModel { Latency = TimeSpan.Zero, Jitter = TimeSpan.Zero },
        });
        (Script _, Script receiver) = Pair(simulator, static (connection, effects) =>
        {
            effects.Send(connection, new PeerMessage.Ping(1));
            effects.Write(Batch(1), Durability.Durable);
            effects.HoldUntilDurable();
            effects.Send(connection, new PeerMessage.Ping(2));
        });
        simulator.RunFor(TimeSpan.FromSeconds(5));
        Instant[] at = [.. receiver.Told.Where(told => told.Input is HostInput.Received).Select(told => told.At)];

        Assert.Equal(TimeSpan.FromSeconds(1), at[1] - at[0]);
    }

    [Fact]
    public void RunFor_BrokenInvariant_NamesItAndTheSeed()
    {
        var simulator = new Simulator(new SimulatorOptions { Seed = 77 });
        simulator.AddInvariant("two is odd", static () => "it is not");

        string message = Assert.Throws<SimulationException>(() => simulator.RunFor(TimeSpan.FromSeconds(1))).Message;
        Assert.Contains("two is odd", message, StringComparison.Ordinal);
        Assert.Contains("seed 77", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClockSkew_MovesTheWallClockOnly()
    {
        var simulator = new Simulator(new SimulatorOptions());
        var seen = new List<(Instant Now, UnixTime Wall)>();
        Add(simulator, (input, context, _) =>
        {
            if (input is HostInput.Commanded)
            {
                seen.Add((context.Now, context.WallClock));
            }
        });
        simulator.Tell(simulator.Nodes[0], new HostInput.Commanded("look"));
        simulator.RunFor(TimeSpan.FromSeconds(1));
        simulator.Nodes[0].ClockSkew = TimeSpan.FromSeconds(-30);
        simulator.Tell(simulator.Nodes[0], new HostInput.Commanded("look"));
        simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(1), seen[1].Now - seen[0].Now);
        Assert.Equal(seen[0].Wall.Milliseconds - 29_000, seen[1].Wall.Milliseconds);
    }

    private static void SendHundred(ConnectionId connection, IEffects effects)
    {
        for (ulong i = 0; i < 100; i++)
        {
            effects.Send(connection, new PeerMessage.Ping(i));
        }
    }

    /// <summary>Has a node of <see cref="Pair"/> send a ping on a connection, and waits a second.</summary>
    private static void Say(Simulator simulator, SimulatedNode node, ConnectionId connection, ulong nonce)
    {
        simulator.Tell(node, new HostInput.Commanded($"{connection.Value} {nonce}"));
        simulator.RunFor(TimeSpan.FromSeconds(1));
    }

    private static void Obey(string command, IEffects effects)
    {
        ulong[] words = [.. command.Split(' ').Select(word => ulong.Parse(word, System.Globalization.CultureInfo.InvariantCulture))];
        effects.Send(new ConnectionId(words[0]), new PeerMessage.Ping(words[1]));
    }

    private static Instant[] ArrivalsAt(Script script) =>
        [.. script.Told.Where(static told => told.Input is HostInput.Received).Select(static told => told.At)];

    private static IEnumerable<ulong> Pings(Script receiver) =>
        receiver.All<HostInput.Received>().Select(received => Assert.IsType<PeerMessage.Ping>(received.Message).Nonce);

    private static WriteBatch Batch(byte key)
    {
        var batch = new WriteBatch();
        batch.Put(new[] { key }, new[] { key });
        return batch;
    }

    private static Script Add(Simulator simulator, Action<HostInput, StepContext, IEffects> onInput)
    {
        Script? script = null;
        simulator.AddNode($"n{simulator.Nodes.Count}", _ => script = new Script(onInput));
        return script!;
    }

    /// <summary>Two nodes of which the second dials the first at its start and on command.</summary>
    private static (Script Sender, Script Receiver) Pair(
        Simulator simulator, Action<ConnectionId, IEffects> onConnected, bool dialsAgain = true)
    {
        Script receiver = Add(simulator, static (input, _, effects) =>
        {
            if (input is HostInput.Commanded { Command: not "dial" } commanded)
            {
                Obey(commanded.Command, effects);
            }
        });
        PeerAddress address = simulator.Nodes[^1].Address;
        int starts = 0;
        Script sender = Add(simulator, (input, _, effects) =>
        {
            switch (input)
            {
                case HostInput.Started when starts++ == 0 || dialsAgain:
                case HostInput.Commanded { Command: "dial" }:
                    effects.Dial(address);
                    break;
                case HostInput.Commanded commanded:
                    Obey(commanded.Command, effects);
                    break;
                case HostInput.Connected connected:
                    onConnected(connected.Connection.Id, effects);
                    break;
            }
        });
        return (sender, receiver);
    }

    private sealed class NothingJob : Job
    {
        public override JobResult Run(IKeyValueReader snapshot) => new Nothing();
    }

    private sealed record Nothing : JobResult;
}
