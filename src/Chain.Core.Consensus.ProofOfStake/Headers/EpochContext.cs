using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>What votes and headers of an epoch are checked with. Immutable.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Base">The block before its first: the last of the epoch before, final, or genesis.</param>
/// <param name="Table">Who may vote.</param>
/// <param name="Seed">What leaders are drawn from.</param>
internal sealed record EpochContext(ulong Epoch, BlockId Base, StakeTable Table, Hash256 Seed)
{
    /// <summary>A test names the leaders itself; null where they are drawn.</summary>
    public Func<View, int>? Leaders { get; init; }

    public int LeaderOf(View view) => Leaders is null ? LeaderDraw.LeaderOf(Table, Seed, view) : Leaders(view);
}
