using Chain.Core.Consensus;

namespace Chain.Core.Ledger;

/// <summary>Chooses a set of validators from those who may act.</summary>
internal static class ValidatorRanking
{
    /// <summary>The <paramref name="count"/> with the most power, the lower key first among equals; in the order of a set.</summary>
    public static ValidatorSet Strongest(List<Validator> eligible, int count)
    {
        List<Validator> ranked = [.. eligible];
        ranked.Sort(static (a, b) => a.Stake != b.Stake ? b.Stake.CompareTo(a.Stake) : CompareKeys(a.Key, b.Key));
        return InOrder(ranked.Take(count));
    }

    /// <summary>A set of these validators.</summary>
    public static ValidatorSet InOrder(IEnumerable<Validator> validators)
    {
        List<Validator> sorted = [.. validators];
        sorted.Sort(static (a, b) => CompareKeys(a.Key, b.Key));
        return new ValidatorSet(sorted);
    }

    /// <summary>The power of all, which fits because all coins do.</summary>
    public static ulong PowerOf(ValidatorSet set)
    {
        ulong power = 0;
        foreach (Validator validator in set.Validators)
        {
            power = checked(power + validator.Stake);
        }

        return power;
    }

    private static int CompareKeys(ValidatorKey a, ValidatorKey b) =>
        a.Scheme != b.Scheme ? a.Scheme.CompareTo(b.Scheme) : a.PublicKey.Span.SequenceCompareTo(b.PublicKey.Span);
}
