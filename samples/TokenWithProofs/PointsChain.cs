using Chain.Core;
using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace TokenWithProofs;

/// <summary>A chain with one validator, who also issues the points. The key is public: for this sample only.</summary>
internal static class PointsChain
{
    private const ulong Stake = 10_000;
    private const ulong EpochBlocks = 20;

    private static readonly DevKey Validator = DevKey.All[0];

    public static DevKey Issuer => Validator;

    public static PointsModule Points { get; } = new(Validator.Address);

    public static ProofOfStakeOptions Rules { get; } = new()
    {
        Validators = ValidatorSet.Of([new Validator(new ValidatorKey(Validator.Key.Scheme, Validator.Key.PublicKey), Stake)]),
        EpochBlocks = EpochBlocks,
        BlockPause = TimeSpan.FromMilliseconds(50),
    };

    /// <summary>The staking module names the validators in the state, so that a light client can follow them.</summary>
    public static ChainDefinition Create() => new(
        new ProofOfStakeConsensus(Rules),
        new LedgerDefinition(
        [
            new TokenModule(),
            new StakingModule(new StakingParameters { EpochLength = EpochBlocks, MinPresence = default }, new StakeOffences(Rules)),
            Points,
        ]),
        new GenesisSpec(77, "points", Now(),
        [
            new ModuleGenesis("token", TokenModule.GenesisData((Validator.Address, 1_000_000UL))),
            new ModuleGenesis("staking", StakingModule.GenesisData(
                [new StakingGenesisValidator(Validator.Address, new ValidatorKey(Validator.Key.Scheme, Validator.Key.PublicKey), default, Stake)])),
        ]));

    // A light client does not start from a block of long ago: whose keys they were then may sign anything by now.
    private static UnixTime Now() => new((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    public static Task<ChainNode> StartAsync() => ChainNode.StartAsync(new ChainNodeOptions
    {
        Chain = Create(),
        Store = new MemoryStore(),
        Engine = new EngineOptions { ProducesBlocks = true, Signer = new ValidatorKey(Validator.Key.Scheme, Validator.Key.PublicKey) },
        Signer = Validator.Key,
        SignerIsNew = true,
        Randomness = new VrfProver(new VrfPrivateKey(Validator.Seed.Span)),
        JobThreads = 1,
        IndexesTransactions = true,
    });
}
