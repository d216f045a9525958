using Chain.Core;
using Chain.Core.Consensus;
#if (pos)
using Chain.Core.Consensus.ProofOfStake;
#endif
#if (pow)
using Chain.Core.Consensus.ProofOfWork;
#endif
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace New_Chain;

/// <summary>What all nodes of the chain must have alike: modules, consensus and the first block.</summary>
public static class ChainSpec
{
    public static TokenModule Token { get; } = new();

    public static NotesModule Notes { get; } = new();

#if (pos)
    /// <summary>Four validators, whose keys are public: give the chain others before it holds anything of value.</summary>
    public static IReadOnlyList<DevKey> Validators { get; } = [.. DevKey.All.Take(4)];

    public static IConsensusPlugin Consensus { get; } = new ProofOfStakeConsensus(new ProofOfStakeOptions
    {
        Validators = ValidatorSet.Of(Validators.Select(static each => new Validator(new ValidatorKey(each.Key.Scheme, each.Key.PublicKey), Stake: 100))),
        BlockPause = TimeSpan.FromMilliseconds(500),
    });
#endif
#if (pow)
    /// <summary>A block every ten seconds; any computer finds the first ones.</summary>
    public static IConsensusPlugin Consensus { get; } = new ProofOfWorkConsensus(new ProofOfWorkOptions
    {
        TargetSpacing = TimeSpan.FromSeconds(10),
        TargetLimit = new CompactTarget(0x2000_FFFF),
    });
#endif
#if (dev)
    /// <summary>A block every second. Anybody can make one: for development only.</summary>
    public static IConsensusPlugin Consensus { get; } = new DevConsensus(new DevOptions { Interval = TimeSpan.FromSeconds(1) });
#endif

    /// <summary>The chain with this consensus; tests take one that seals at once.</summary>
    public static ChainDefinition Define(IConsensusPlugin consensus) => new(
        consensus,
        new LedgerDefinition([Token, Notes]),
        new GenesisSpec(Network: 4711, "New-Chain", new UnixTime(1_767_225_600_000), [new ModuleGenesis(Token.Name, Funds())]));

    private static ReadOnlyMemory<byte> Funds() =>
        TokenModule.GenesisData([.. DevKey.All.Select(static each => (each.Address, 1_000_000UL))]);
}
