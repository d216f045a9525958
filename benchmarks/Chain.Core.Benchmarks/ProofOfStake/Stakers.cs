using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Consensus.ProofOfStake.Tests;
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
        Validators = TestKeys.Equal(count),
        BlockPause = blockPause,
        ViewTimeout = TimeSpan.FromSeconds(5),
    });

    /// <summary>The options of the i-th node of <see cref="Network.ThroughputContest"/>, which votes.</summary>
    public static ChainNodeOptions Vote(int i, ChainNodeOptions options)
    {
        TestKey key = TestKeys.Of(Network.ThroughputContest.NodeCount)[i];
        return options with
        {
            Engine = new EngineOptions { ProducesBlocks = true, Signer = key.Key },
            Signer = key.Signer,
            SignerIsNew = true,
            Randomness = new VrfProver(key.Randomness),
        };
    }
}
