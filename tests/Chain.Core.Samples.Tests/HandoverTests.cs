using Chain.Core.Crypto;
using Chain.Core.Protocol;
using Chain.Core.Simulation;
using Chain.Core.Wire;
using Handover;

namespace Chain.Core.Samples.Tests;

/// <summary>The sample's engine in the simulator: a chain that the Dev engine begins and proof of stake goes on with.</summary>
public sealed class HandoverTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SimulatedChain _chain =
        new(HandoverChain.Create(new UnixTime(1)).Consensus, new SimulatedChainOptions { OutboundSlots = HandoverChain.Validators });

    [Fact]
    public void Chain_AtTheHeight_IsHandedToTheValidators()
    {
        StartValidators();

        _chain.RunUntil("30 blocks are final", () => AllFinalAt(30), Patience);

        Assert.Empty(_chain.Tally.RefusedBlocks);
        Assert.Equal(0, _chain.Tally.Misbehaviours);
        ChainAudit.Run(_chain, _chain.Nodes[0]);
    }

    [Fact]
    public void Chain_LateNodeAndRestarts_GoesOn()
    {
        StartValidators();
        _chain.RunUntil("20 blocks are final", () => AllFinalAt(20), Patience);
        _chain.AddNode(producesBlocks: false);
        foreach (SimulatedNode node in _chain.Nodes.Take(HandoverChain.Validators))
        {
            _chain.Simulator.Crash(node);
            _chain.Simulator.Restart(node);
        }

        _chain.RunUntil("all go on, the late one with them", () => AllFinalAt(35), Patience);

        Assert.Empty(_chain.Tally.RefusedBlocks);
    }

    private void StartValidators()
    {
        for (int i = 0; i < HandoverChain.Validators; i++)
        {
            int place = i;
            _chain.AddNode(producesBlocks: true, node => node with
            {
                Engine = node.Engine with { Signer = HandoverChain.KeyOf(place) },
                Signer = new Ed25519PrivateKey(HandoverChain.SeedOf(place)),
                SignerIsNew = true,
                Randomness = new VrfProver(new VrfPrivateKey(HandoverChain.SeedOf(place))),
            });
        }
    }

    private bool AllFinalAt(ulong height) =>
        _chain.Nodes.All(node => SimulatedChain.MachineOf(node).Tree.Finalized.Height.Value >= height);
}
