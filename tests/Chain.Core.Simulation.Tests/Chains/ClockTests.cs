using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;
using static Chain.Core.Simulation.Tests.Chains.Chains;

namespace Chain.Core.Simulation.Tests.Chains;

/// <summary>Fault 49: wall clocks that jump and are apart. Timeouts go by monotonic time, so nothing stops or storms.</summary>
public class ClockTests
{
    [Fact]
    [Trait("Fault", "49")]
    public void Fault49_JumpsAndSkew_NoConsensusFaultAndNothingStops() =>
        Seeds.ForEach(2, 300, static seed => Run(seed, static machine => machine));

    [Fact]
    [Trait("Fault", "49")]
    public void Fault49_MutantWhoseTimeoutsGoByTheWallClock_IsFound() =>
        Assert.Throws<SimulationException>(static () => Run(1, static machine => new WallClockMachine(machine)));

    private static void Run(ulong seed, Func<IMachine<HostInput>, IMachine<HostInput>> decorate)
    {
        SimulatedChain chain = ProofOfWork(seed);
        ChainInvariants.Watch(chain);
        chain.AddNodes(count: 3, producers: 3);
        SimulatedNode decorated = AddDecorated(chain, decorate);
        var random = new DeterministicRandom(seed).Fork(49);
        for (int i = 0; i < 8; i++)
        {
            SimulatedNode node = i % 2 == 0 ? decorated : chain.Nodes[random.NextIndex(chain.Nodes.Count)];
            node.ClockSkew = Seconds(random.NextIndex(2) == 0 ? -3600 * random.NextIndex(24) : random.NextIndex(60));
            chain.Simulator.RunFor(Seconds(20));
        }

        foreach (SimulatedNode node in chain.Nodes)
        {
            node.ClockSkew = TimeSpan.Zero;
        }

        // Peers that are gone must be dialled anew, and headers asked for, by timers that are still right.
        chain.Simulator.Crash(chain.Nodes[1]);
        chain.Simulator.RunFor(Minutes(1));
        chain.Simulator.Restart(chain.Nodes[1]);
        chain.RunUntil("all follow the head", () => AllFollow(chain), Minutes(4));
        Assert.Equal(0, chain.Tally.Misbehaviours);
    }

    private static bool AllFollow(SimulatedChain chain) =>
        chain.HasOneHead() && chain.Nodes.All(static node => SimulatedChain.HeadOf(node).Height.Value > 20);

    private static SimulatedNode AddDecorated(SimulatedChain chain, Func<IMachine<HostInput>, IMachine<HostInput>> decorate)
    {
        PeerAddress first = chain.Nodes[0].Address;
        return chain.Simulator.AddNode("decorated", node => decorate(new FullNode(
            chain.Definition,
            new FullNodeOptions { Self = node.Peer, Listen = node.Address, Bootstrap = [first] },
            RecoveredChain.Read(node.Disk, chain.Definition.Genesis.Header))));
    }

    /// <summary>The planted fault: the wall clock is handed in where monotonic time belongs.</summary>
    private sealed class WallClockMachine(IMachine<HostInput> inner) : IMachine<HostInput>, IFullNodeWrapper
    {
        private UnixTime? _first;

        public FullNode Node => (FullNode)inner;

        public void Handle(in HostInput input, in StepContext context, IEffects effects)
        {
            _first ??= context.WallClock;
            long milliseconds = (long)context.WallClock.Milliseconds - (long)_first.Value.Milliseconds;
            inner.Handle(in input, context with { Now = new Instant(milliseconds * 1000) }, effects);
        }
    }
}
