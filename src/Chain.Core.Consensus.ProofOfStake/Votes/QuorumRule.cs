namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>What counts as a quorum: more than two thirds of the stake.</summary>
internal sealed class QuorumRule(EngineVariant variant)
{
    public static QuorumRule Correct { get; } = new(EngineVariant.Correct);

    /// <summary>How much the vote of a validator counts.</summary>
    public UInt128 Weight(StakeTable table, int place) => variant.IgnoresStake ? UInt128.One : table.Stake(place);

    public bool IsMet(StakeTable table, UInt128 weight)
    {
        UInt128 total = variant.IgnoresStake ? (UInt128)table.Count : table.Total;
        return variant.NeedsExactlyTwoThirds ? 3 * weight >= 2 * total
            : variant.NeedsOnlyHalf ? 2 * weight >= total : 3 * weight > 2 * total;
    }
}
