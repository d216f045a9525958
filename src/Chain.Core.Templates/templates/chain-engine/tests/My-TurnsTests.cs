using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Simulation;
using Chain.Core.Wire;

namespace My_Turns.Tests;

public sealed class My_TurnsTests
{
    private const ulong Seed = 42;

    private static readonly BlockHeight Height = new(50);
    private static readonly Ed25519PrivateKey[] Keys = [.. new byte[] { 1, 2, 3, 4 }.Select(static i => KeyOf(i))];

    [Fact]
    public void FourAuthorities_FiftyBlocks_HaveOneChain()
    {
        SimulatedChain chain = CreateNetwork();

        chain.RunUntil("every node has 50 blocks", () => chain.Nodes.All(IsAtHeight), atMost: TimeSpan.FromMinutes(10));

        Assert.Single(chain.Nodes.Select(BlockOf).Distinct());
        ChainAudit.Run(chain, chain.Nodes[0]);
    }

    [Fact]
    public void OneAuthorityDown_TheOthers_GoOnAndItCatchesUp()
    {
        SimulatedChain chain = CreateNetwork();
        chain.Simulator.RunFor(TimeSpan.FromSeconds(10));
        chain.Simulator.Kill(chain.Nodes[3]);
        chain.Simulator.RunFor(TimeSpan.FromSeconds(60));
        chain.Simulator.Restart(chain.Nodes[3]);

        chain.RunUntil("every node has 50 blocks", () => chain.Nodes.All(IsAtHeight), atMost: TimeSpan.FromMinutes(10));

        Assert.Single(chain.Nodes.Select(BlockOf).Distinct());
    }

    [Fact]
    public void Header_SignedByAnother_IsInvalid()
    {
        SimulatedChain chain = CreateNetwork();
        chain.RunUntil("there is a block", () => SimulatedChain.HeadOf(chain.Nodes[0]).Height.Value > 0, atMost: TimeSpan.FromMinutes(1));
        var block = SimulatedChain.MachineOf(chain.Nodes[0]).Tree.Head;
        Hash256 signed = BlockHeader.UnsealedHash(block.Header.Fields);
        IHeaderRules rules = chain.Definition.Consensus.CreateRules(chain.Definition.Genesis.Header);

        IEnumerable<HeaderVerdict> verdicts = Keys.Select(key => rules.VerifyHeader(
            BlockHeader.Create(block.Header.Fields, key.Sign(Hash256.AsSpan(in signed))), block.Parent!.AncestorsOfChild(), block.Header.Time));

        Assert.Single(verdicts, HeaderVerdict.Valid);
    }

    private static SimulatedChain CreateNetwork()
    {
        ValidatorKey[] authorities = [.. Keys.Select(static key => new ValidatorKey(key.Scheme, key.PublicKey))];
        var chain = new SimulatedChain(
            new My_TurnsConsensus(authorities, slot: TimeSpan.FromSeconds(1)),
            new SimulatedChainOptions { Simulator = new SimulatorOptions { Seed = Seed } });
        for (int i = 0; i < Keys.Length; i++)
        {
            Ed25519PrivateKey key = Keys[i];
            ValidatorKey authority = authorities[i];
            chain.AddNode(producesBlocks: true, node => node with
            {
                Engine = node.Engine with { Signer = authority },
                Signer = key,
                SignerIsNew = true,
            });
        }

        return chain;
    }

    private static Ed25519PrivateKey KeyOf(byte number)
    {
        var seed = new byte[Ed25519PrivateKey.SeedSize];
        seed[0] = number;
        return new Ed25519PrivateKey(seed);
    }

    private static bool IsAtHeight(SimulatedNode node) => SimulatedChain.HeadOf(node).Height >= Height;

    private static BlockId BlockOf(SimulatedNode node) => SimulatedChain.MachineOf(node).Tree.Head.AncestorAt(Height)!.Id;
}
