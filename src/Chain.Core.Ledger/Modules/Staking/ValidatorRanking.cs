using Chain.Core.Consensus;

namespace Chain.Core.Ledger;

/// <summary>Chooses a set of validators from those who may act.</summary>
internal static class ValidatorRanking
{
    /// <summary>The <paramref name="count"/> with the most power, the lower key first among equals; in the order of a set.</summary>
    public static ValidatorSet Strongest(IEnumerable<Validator> eligible, int count) => ValidatorSet.Of(
        eligible
            .OrderByDescending(static validator => validator.Stake)
            .ThenBy(static validator => validator.Key, ValidatorKey.Order)
            .Take(count));

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
}
