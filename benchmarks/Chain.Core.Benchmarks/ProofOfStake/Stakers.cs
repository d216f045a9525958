using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Crypto;
using Chain.Core.Node;
using Chain.Core.Protocol;

namespace Chain.Core.Benchmarks.ProofOfStake;

/// <summary>Validators of equal stake for nodes that are measured.</summary>
internal static class Stakers
{
    /// <summary>The engine for so many validators.</summary>
    /// <param name="count">How many.</param>
    /// <param name="blockPause">How long a leader rests before it proposes.</param>
    public static ProofOfStakeConsensus Engine(int count, TimeSpan blockPause) => new(new ProofOfStakeOptions
    {
        Validators = ValidatorSet.Of(Enumerable.Range(0, count).Select(static i => new Validator(KeyOf(i), Stake: 1))),
        BlockPause = blockPause,
        ViewTimeout = TimeSpan.FromSeconds(5),
    });

    /// <summary>The options of a node that votes as the i-th of them.</summary>
    public static ChainNodeOptions Vote(int i, ChainNodeOptions options) => options with
    {
        Engine = new EngineOptions { ProducesBlocks = true, Signer = KeyOf(i) },
        Signer = new Ed25519PrivateKey(SeedOf(i)),
        SignerIsNew = true,
        Randomness = new VrfProver(new VrfPrivateKey(SeedOf(i))),
    };

    private static ValidatorKey KeyOf(int i)
    {
        using var key = new Ed25519PrivateKey(SeedOf(i));
        return new ValidatorKey(key.Scheme, key.PublicKey);
    }

    private static byte[] SeedOf(int i) => [.. Sha256.Hash(BitConverter.GetBytes(i)).ToArray()];
}
