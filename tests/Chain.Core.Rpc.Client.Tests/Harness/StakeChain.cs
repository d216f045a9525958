using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Rpc.Tests;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client.Tests;

/// <summary>A chain with proof of stake and one validator, whose blocks are final almost at once.</summary>
internal static class StakeChain
{
    private const ulong Stake = 10_000;
    private const ulong EpochBlocks = 5;

    private static readonly Ed25519PrivateKey Key = new(Enumerable.Repeat((byte)9, 32).ToArray());
    private static readonly ValidatorKey Voter = new(Key.Scheme, Key.PublicKey);
    private static readonly AccountAddress Operator = AccountAddress.FromKey(Key.Scheme, Key.PublicKey.Span);

    public static ProofOfStakeOptions Options { get; } = new()
    {
        Validators = ValidatorSet.Of([new Validator(Voter, Stake)]),
        EpochBlocks = EpochBlocks,
        BlockPause = TimeSpan.FromMilliseconds(20),
    };

    public static ChainDefinition Create(string name = "stake-tests", TimeSpan? pause = null) => new(
        new ProofOfStakeConsensus(Options with { BlockPause = pause ?? Options.BlockPause }),
        new LedgerDefinition(
        [
            TestChain.Token,
            new StakingModule(new StakingParameters { EpochLength = EpochBlocks, MinPresence = default }, new StakeOffences(Options)),
        ]),
        new GenesisSpec(
            13,
            name,
            new UnixTime((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 60_000),
            [
                new ModuleGenesis(TestChain.Token.Name, TokenModule.GenesisData((TestChain.AliceAddress, 1_000_000UL), (Operator, Stake))),
                new ModuleGenesis("staking", StakingModule.GenesisData([new StakingGenesisValidator(Operator, Voter, default, Stake)])),
            ]));

    public static Task<ChainNode> StartAsync(ChainDefinition? chain = null) => ChainNode.StartAsync(new ChainNodeOptions
    {
        Chain = chain ?? Create(),
        Store = new MemoryStore(),
        Engine = new EngineOptions { ProducesBlocks = true, Signer = Voter },
        Signer = Key,
        SignerIsNew = true,
        Randomness = new VrfProver(new VrfPrivateKey(Enumerable.Repeat((byte)9, 32).ToArray())),
        JobThreads = 1,
        IndexesTransactions = true,
    });
}
