using System.Net;
using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Node.Tests.Tracing;

/// <summary>Nodes of a chain with proof of stake and one validator, whose blocks are final almost at once; they trace everything.</summary>
internal static class StakeNodes
{
    private const ulong Stake = 10_000;
    private const ulong EpochBlocks = 5;

    private static readonly byte[] Seed = [.. Enumerable.Repeat((byte)9, 32)];
    private static readonly Ed25519PrivateKey Key = new(Seed);
    private static readonly ValidatorKey Voter = new(Key.Scheme, Key.PublicKey);
    private static readonly AccountAddress Operator = AccountAddress.FromKey(Key.Scheme, Key.PublicKey.Span);

    public static ChainDefinition CreateChain()
    {
        var options = new ProofOfStakeOptions
        {
            Validators = ValidatorSet.Of([new Validator(Voter, Stake)]),
            EpochBlocks = EpochBlocks,
            BlockPause = TimeSpan.FromMilliseconds(50),
        };
        return new ChainDefinition(
            new ProofOfStakeConsensus(options),
            new LedgerDefinition(
            [
                TestNodes.Token,
                new StakingModule(new StakingParameters { EpochLength = EpochBlocks, MinPresence = default }, new StakeOffences(options)),
            ]),
            new GenesisSpec(
                14,
                "traced",
                new UnixTime((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 60_000),
                [
                    new ModuleGenesis(TestNodes.Token.Name, TokenModule.GenesisData((TestNodes.AliceAddress, 1_000_000UL), (Operator, Stake))),
                    new ModuleGenesis("staking", StakingModule.GenesisData([new StakingGenesisValidator(Operator, Voter, default, Stake)])),
                ]));
    }

    public static Task<ChainNode> FollowAsync(ChainDefinition chain, params ChainNode[] peers) => ChainNode.StartAsync(OptionsOf(chain, peers));

    public static Task<ChainNode> ValidateAsync(ChainDefinition chain, params ChainNode[] peers) => ChainNode.StartAsync(OptionsOf(chain, peers) with
    {
        Engine = new EngineOptions { ProducesBlocks = true, Signer = Voter },
        Signer = Key,
        SignerIsNew = true,
        Randomness = new VrfProver(new VrfPrivateKey(Seed)),
    });

    private static ChainNodeOptions OptionsOf(ChainDefinition chain, ChainNode[] peers) => new()
    {
        Chain = chain,
        Store = new MemoryStore(),
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        Connect = [.. peers.Select(static peer => PeerAddress.From(IPAddress.Loopback, peer.ListenEndPoint!.Port))],
        JobThreads = 1,
        TracedPerMillion = 1_000_000,
    };
}
