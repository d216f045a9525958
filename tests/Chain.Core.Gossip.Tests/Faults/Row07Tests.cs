using Chain.Core.Crypto;
using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Testing;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Faults;

/// <summary>Row 7 of the list of faults: hellos for another network or another genesis, near misses among them.</summary>
[Trait("Fault", "7")]
public sealed class Row07Tests
{
    [Fact]
    public void Row07_HellosOfOtherChains_NoneIsTaken() => Assert.Equal(0, CountReady(Protections.All, LongRun.Count(10_000, 1_000_000)));

    [Fact]
    public void Row07_MutantThatChecksNoChain_TakesThem() =>
        Assert.Equal(100, CountReady(Protections.All with { ChecksChain = false }, 100));

    private static int CountReady(Protections protections, int hellos)
    {
        Scene scene = new Scene(Chains.Options with { Protections = protections }).Start();
        var random = new DeterministicRandom(7);
        int ready = 0;
        for (int i = 0; i < hellos; i++)
        {
            ConnectionId mallory = scene.Meet("mallory", Foreign(Scene.Hello("mallory"), random));
            ready += scene.Take<GossipEvent.PeerReady>().Count;
            scene.Tell(new GossipInput.Disconnected(mallory, "done"));
            scene.Closed.Clear();
            scene.ForgetSent();
            scene.Events.Clear();
        }

        return ready;
    }

    /// <summary>The same hello with another network, or with a bit of the genesis id or all of it changed.</summary>
    private static PeerMessage.Hello Foreign(PeerMessage.Hello hello, DeterministicRandom random)
    {
        uint network = (uint)random.NextBelow(uint.MaxValue);
        network = network == hello.Network ? network + 1 : network;
        Hash256 value = hello.Genesis.Value;
        byte[] genesis = Hash256.AsSpan(in value).ToArray();
        genesis[random.NextIndex(genesis.Length)] ^= (byte)(1 << random.NextIndex(8));
        return random.NextBelow(3) switch
        {
            0 => hello with { Network = network },
            1 => hello with { Genesis = new BlockId(new Hash256(genesis)) },
            _ => hello with { Network = network, Genesis = Chains.UnknownBlock(random.NextUInt64()) },
        };
    }
}
