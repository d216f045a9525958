using Chain.Core.Consensus;

namespace Chain.Core.Ledger;

/// <summary>What the acting validators did in the blocks of an epoch so far, by their index in the set.</summary>
/// <param name="Blocks">How many blocks there is knowledge of.</param>
/// <param name="Votes">In how many of them each voted.</param>
/// <param name="Proposals">How many of them each proposed.</param>
internal sealed record EpochActivity(ulong Blocks, IReadOnlyList<uint> Votes, IReadOnlyList<uint> Proposals)
{
    public static EpochActivity None(int validators) => new(0, new uint[validators], new uint[validators]);

    /// <summary>With one more block. Indexes outside of the set are passed over.</summary>
    public EpochActivity With(BlockActivity seen)
    {
        uint[] votes = [.. Votes];
        uint[] proposals = [.. Proposals];
        foreach (int voter in seen.Voters)
        {
            Count(votes, voter);
        }

        Count(proposals, seen.Proposer);
        return new EpochActivity(Blocks + 1, votes, proposals);
    }

    private static void Count(uint[] counters, int index)
    {
        if ((uint)index < (uint)counters.Length)
        {
            counters[index]++;
        }
    }
}
