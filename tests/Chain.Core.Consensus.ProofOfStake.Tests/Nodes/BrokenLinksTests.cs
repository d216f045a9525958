using Chain.Core.Machines;
using Chain.Core.Simulation;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>Seven validators with payments, whose links hang for some seconds, and then bring all that waited, as TCP does, or are cut.</summary>
public sealed class BrokenLinksTests
{
    private const int Validators = 7;

    /// <summary>
    /// Both blamed honest peers: for announced transactions that blocks took before they were asked for; 6 also for asking twice, for
    /// transactions of a compact block that many newer ones had followed, and for blocks fetched before their parents.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void Links_HangAndGoOn_NobodyIsBlamed(ulong seed)
    {
        StakeChain chain = Start(seed);
        var random = new DeterministicRandom(seed);
        for (int i = 0; i < 6; i++)
        {
            chain.Simulator.RunFor(TimeSpan.FromSeconds(5));
            Hang(chain, random);
        }

        Assert.Empty(chain.Blamed);
        Assert.True(chain.AllFinalAt(60));
    }

    /// <summary>Who lacks blocks is sent the newest one by its producer, before that is its head: what leads up to it ends below.</summary>
    [Fact]
    public void Links_CutAndConnectedAnew_NobodyIsBlamed()
    {
        StakeChain chain = Start(seed: 1, latency: 1, chords: Validators - 1);
        var random = new DeterministicRandom(1);
        for (int i = 0; i < 6; i++)
        {
            chain.Simulator.RunFor(TimeSpan.FromSeconds(5));
            int first = 1 + random.NextIndex(Validators - 1);
            chain.Simulator.Partition([.. chain.Chain.Nodes.Take(first)], [.. chain.Chain.Nodes.Skip(first)]);
            chain.Simulator.RunFor(TimeSpan.FromMilliseconds(2_000 + random.NextIndex(10_000)));
            chain.Simulator.Heal();
        }

        Assert.Empty(chain.Blamed);
        Assert.True(chain.AllFinalAt(30));
    }

    private static StakeChain Start(ulong seed, int latency = 5, int chords = 2)
    {
        var options = new ProofOfStakeOptions { Validators = TestKeys.Equal(Validators), BlockPause = TimeSpan.FromMilliseconds(500) };
        var network = new NetworkModel { Latency = TimeSpan.FromMilliseconds(latency), Jitter = TimeSpan.FromMilliseconds(latency) };
        var chain = new StakeChain(options, new SimulatedChainOptions { Chords = chords, Simulator = new SimulatorOptions { Seed = seed, Network = network } });
        var workload = new TransferWorkload(chain.Chain, seed, TimeSpan.FromMilliseconds(25));
        workload.Start();
        return chain;
    }

    /// <summary>All links between two groups; each goes on at a time of its own.</summary>
    private static void Hang(StakeChain chain, DeterministicRandom random)
    {
        int first = 1 + random.NextIndex(Validators - 1);
        (SimulatedNode From, SimulatedNode To)[] links =
        [
            .. from one in chain.Chain.Nodes.Take(first)
               from other in chain.Chain.Nodes.Skip(first)
               from link in ((SimulatedNode, SimulatedNode)[])[(one, other), (other, one)]
               select link,
        ];
        Array.ForEach(links, link => chain.Simulator.Clog(link.From, link.To));
        chain.Simulator.RunFor(TimeSpan.FromMilliseconds(2_000 + random.NextIndex(10_000)));
        foreach ((SimulatedNode from, SimulatedNode to) in links)
        {
            chain.Simulator.Unclog(from, to);
            chain.Simulator.RunFor(TimeSpan.FromMilliseconds(random.NextIndex(500)));
        }
    }
}
