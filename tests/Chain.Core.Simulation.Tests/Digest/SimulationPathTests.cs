using Chain.Core.Crypto;
using Chain.Core.Simulation.DigestProbe;
using Chain.Core.Testing;

namespace Chain.Core.Simulation.Tests.Digest;

/// <summary>How a run is simulated is no part of what happens in it.</summary>
[Trait("Fault", "48")]
public class SimulationPathTests
{
    [Fact]
    public void Run_EventByEventInWindowsAndOnThreads_WithAndWithoutSharedWork_SameDigest()
    {
        for (ulong seed = 1; seed <= (ulong)LongRun.Count(3, 300); seed++)
        {
            Hash256 plain = DigestScenario.Run(seed, change: static options => options with { SharesWork = false });
            foreach ((int threads, bool shares) in new[] { (0, true), (1, true), (2, true), (3, false) })
            {
                Hash256 other = DigestScenario.Run(seed, change: options => options with { Threads = threads, SharesWork = shares });
                Assert.True(plain == other, $"seed {seed}: {threads} threads, shared work: {shares}");
            }
        }
    }

    [Fact]
    public void Run_ByReference_OnThreads_SameDigest()
    {
        Hash256 one = DigestScenario.Run(5, change: static options => options with { EncodesMessages = false });
        Hash256 other = DigestScenario.Run(5, change: static options => options with { EncodesMessages = false, Threads = 2 });

        Assert.Equal(one, other);
        Assert.NotEqual(one, DigestScenario.Run(6, change: static options => options with { EncodesMessages = false, Threads = 2 }));
    }

    [Fact]
    public void EventObserved_InWindows_IsToldInTheSameOrder()
    {
        Assert.Equal(Told(threads: 0), Told(threads: 2));
        Assert.NotEmpty(Told(threads: 2));
    }

    [Fact]
    public void EventObserved_InWindows_MakesSomethingHappenAtOnce_IsRefused()
    {
        SimulatedChain chain = Quick(threads: 1);
        chain.Simulator.EventObserved += (_, _) => chain.Simulator.At(TimeSpan.Zero, static () => { });

        Assert.Throws<SimulationException>(() => chain.Simulator.RunFor(TimeSpan.FromSeconds(30)));
    }

    private static List<string> Told(int threads)
    {
        var told = new List<string>();
        SimulatedChain chain = Quick(threads);
        chain.Simulator.EventObserved += (node, happened) => told.Add($"{chain.Simulator.Now} {node.Name} {happened.GetType().Name}");
        chain.Simulator.RunFor(TimeSpan.FromSeconds(30));
        return told;
    }

    private static SimulatedChain Quick(int threads)
    {
        SimulatedChain chain = Chains.Chains.ProofOfWork(
            seed: 3, change: options => options with { Simulator = options.Simulator with { Threads = threads } });
        chain.AddNodes(count: 6, producers: 3);
        return chain;
    }
}
