using Chain.Core;
using Chain.Core.Consensus;
#if (pow)
using Chain.Core.Consensus.ProofOfWork;
#endif
#if (pos)
using Chain.Core.Crypto;
#endif
using Chain.Core.Protocol;
using Chain.Core.Simulation;
using Chain.Core.Wire;

namespace New_Chain.Tests;

/// <summary>Many nodes in one process, in virtual time: the same seed gives the same run, on every machine.</summary>
public sealed class AgreementTests
{
    private const ulong Seed = 42;
#if (!pos)
    private const int Nodes = 4;
#endif

    private static readonly BlockHeight Height = new(50);

    [Fact]
    public void FourNodes_FiftyBlocks_HaveOneState()
    {
        SimulatedChain chain = CreateNetwork();
        var transfers = new TransferWorkload(chain, Seed, interval: TimeSpan.FromSeconds(1));
        transfers.Start();

        chain.RunUntil("every node has 50 blocks", () => chain.Nodes.All(IsAtHeight), atMost: TimeSpan.FromHours(2));

        Assert.Single(chain.Nodes.Select(node => BlockOf(node).Header.Fields.StateRoot).Distinct());
        ChainAudit audit = ChainAudit.Run(chain, chain.Nodes[^1]); // executes the chain anew
        Assert.NotEmpty(audit.Included);
    }

    private static SimulatedChain CreateNetwork()
    {
        var chain = new SimulatedChain(ChainSpec.Consensus, new SimulatedChainOptions
        {
            Modules = [(ChainSpec.Notes, default)],
#if (pow)
            // A slice of the search takes a second of virtual time.
            Simulator = new SimulatorOptions
            {
                Seed = Seed,
                JobDuration = static job => job is NonceSearchJob ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(1),
            },
#else
            Simulator = new SimulatorOptions { Seed = Seed },
#endif
        });
#if (pos)
        foreach (DevKey validator in ChainSpec.Validators)
        {
            chain.AddNode(producesBlocks: true, node => node with
            {
                Engine = node.Engine with { Signer = new ValidatorKey(validator.Key.Scheme, validator.Key.PublicKey) },
                Signer = validator.Key,
                SignerIsNew = true,
                Randomness = new VrfProver(new VrfPrivateKey(validator.Seed.Span)),
            });
        }
#endif
#if (pow)
        chain.AddNodes(Nodes, producers: Nodes);
#endif
#if (dev)
        chain.AddNodes(Nodes, producers: 1);
#endif
        return chain;
    }

    private static bool IsAtHeight(SimulatedNode node) => SimulatedChain.HeadOf(node).Height >= Height;

    private static BlockTreeNode BlockOf(SimulatedNode node) => SimulatedChain.MachineOf(node).Tree.Head.AncestorAt(Height)!;
}
