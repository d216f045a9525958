using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Protocol;

namespace Handover;

/// <summary>A chain that one node begins and that four validators go on with.</summary>
internal static class HandoverChain
{
    public const int Validators = 4;
    public static readonly BlockHeight Height = new(10); // the last block of the Dev engine

    public static ChainDefinition Create(UnixTime start)
    {
        var token = new TokenModule();
        return new ChainDefinition(
            new HandoverConsensus(
                new DevConsensus(new DevOptions { Interval = TimeSpan.FromMilliseconds(200) }),
                new ProofOfStakeConsensus(new ProofOfStakeOptions
                {
                    Validators = ValidatorSet.Of(Enumerable.Range(0, Validators).Select(static i => new Validator(KeyOf(i), Stake: 1))),
                    BlockPause = TimeSpan.FromMilliseconds(200),
                }),
                Height,
                beginner: KeyOf(0)),
            new LedgerDefinition([token]),
            new GenesisSpec(Network: 78, "handover", start, [new ModuleGenesis(token.Name, TokenModule.GenesisData())]));
    }

    /// <summary>The seed of a validator's key; everybody knows it.</summary>
    public static byte[] SeedOf(int validator) => Sha256.Hash([.. "handover"u8, (byte)validator]).ToArray();

    public static ValidatorKey KeyOf(int validator)
    {
        using var key = new Ed25519PrivateKey(SeedOf(validator));
        return new ValidatorKey(key.Scheme, key.PublicKey);
    }
}
