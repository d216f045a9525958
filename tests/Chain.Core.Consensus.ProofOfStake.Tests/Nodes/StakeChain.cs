using Chain.Core.Gossip;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Simulation;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>Full nodes with this engine in the simulator, each a validator.</summary>
internal sealed class StakeChain
{
    private readonly Dictionary<string, List<(BlockHeight Height, BlockId Block, Instant At)>> _final = [];

    /// <summary>Nodes with an adversary each, where one is given.</summary>
    public StakeChain(ProofOfStakeOptions options, SimulatedChainOptions simulation, Func<int, Adversary>? adversaries = null, Func<View, int>? leaders = null)
    {
        TestKey[] keys = TestKeys.Of(options.Validators.Validators.Count);
        Chain = new SimulatedChain(new ProofOfStakeConsensus(options, RealStakeCrypto.Instance, leaders), simulation);
        Chain.Tally.Observed = Observe;
        for (int i = 0; i < keys.Length; i++)
        {
            AddNode(keys[i], adversaries is null ? [] : [adversaries(i)]);
        }
    }

    public SimulatedChain Chain { get; }

    public Simulator Simulator => Chain.Simulator;

    /// <summary>Every peer's offence: who blamed it, when, and for what.</summary>
    public List<(string By, Instant At, Misbehaviour Cause)> Blamed { get; } = [];

    /// <summary>Adds a node that votes with this key, which others may have too.</summary>
    public SimulatedNode AddNode(TestKey key, params IReadOnlyList<Adversary> adversaries) => Chain.AddFaultyNode(producesBlocks: true, adversaries, node => node with
    {
        Engine = node.Engine with { Signer = key.Key },
        Signer = key.Signer,
        SignerIsNew = true,
        Randomness = new VrfProver(key.Randomness),
    });

    /// <summary>The final blocks of a node, in the order in which they became final.</summary>
    public IReadOnlyList<(BlockHeight Height, BlockId Block, Instant At)> FinalOf(SimulatedNode node) => _final.GetValueOrDefault(node.Name, []);

    public bool AllFinalAt(ulong height) => Chain.Nodes.Where(node => node.Machine is not null)
        .All(node => SimulatedChain.MachineOf(node).Tree.Finalized.Height.Value >= height);

    /// <summary>No two nodes have different final blocks at one height.</summary>
    public void AssertOneChain() => Assert.All(
        _final.Values.SelectMany(static blocks => blocks).GroupBy(static final => final.Height),
        static height => Assert.Single(height.Select(final => final.Block).Distinct()));

    /// <summary>Two final blocks at one height, in words; null where there are none.</summary>
    public string? FindFork() => _final.Values.SelectMany(static blocks => blocks).GroupBy(static final => final.Height)
        .Where(static height => height.Select(final => final.Block).Distinct().Count() > 1)
        .Select(static height => $"two final blocks at height {height.Key.Value}")
        .FirstOrDefault();

    private void Observe(SimulatedNode node, NodeEvent happened)
    {
        if (happened is NodeEvent.Peers { Event: GossipEvent.PeerMisbehaved misbehaved })
        {
            Blamed.Add((node.Name, Simulator.Now, misbehaved.Cause));
        }

        if (happened is NodeEvent.BlockFinalized final && node.Machine is FullNode machine && machine.Tree.TryGet(final.Block, out BlockTreeNode? block))
        {
            if (!_final.TryGetValue(node.Name, out List<(BlockHeight, BlockId, Instant)>? blocks))
            {
                blocks = [];
                _final.Add(node.Name, blocks);
            }

            blocks.Add((block.Height, final.Block, Simulator.Now));
        }
    }
}
