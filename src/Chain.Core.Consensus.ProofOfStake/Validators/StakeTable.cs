using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>A validator set made ready for counting votes. Immutable; safe for several threads.</summary>
public sealed class StakeTable
{
    private readonly UInt128[] _upTo; // the stake of all validators up to and with each
    private readonly Dictionary<ValidatorKey, int> _places = [];
    private Ed25519KeyCache? _keys;

    private StakeTable(ValidatorSet set)
    {
        Set = set;
        _upTo = new UInt128[set.Validators.Count];
        for (int i = 0; i < _upTo.Length; i++)
        {
            Validator validator = set.Validators[i];
            Total += validator.Stake;
            _upTo[i] = Total;
            _places.Add(validator.Key, i);
        }
    }

    /// <summary>The set.</summary>
    public ValidatorSet Set { get; }

    /// <summary>How many validators there are.</summary>
    public int Count => _upTo.Length;

    /// <summary>The stake of all.</summary>
    public UInt128 Total { get; }

    /// <summary>
    /// The keys made ready for verifying, when the first signature is. Two threads may both make them, and one of the two is kept.
    /// </summary>
    internal Ed25519KeyCache Keys => _keys ??= MakeKeys();

    /// <summary>
    /// Makes a table; false where the set cannot vote: it is empty or too large, not in strictly ascending order of keys,
    /// has a stake of 0, or a key that is no Ed25519 key fit for the random function.
    /// </summary>
    public static bool TryCreate(ValidatorSet set, [NotNullWhen(true)] out StakeTable? table)
    {
        table = CanVote(set) ? new StakeTable(set) : null;
        return table is not null;
    }

    /// <summary>The public key of the validator at a place.</summary>
    public ReadOnlyMemory<byte> PublicKey(int place) => Set.Validators[place].Key.PublicKey;

    /// <summary>The stake of the validator at a place.</summary>
    public ulong Stake(int place) => Set.Validators[place].Stake;

    /// <summary>The place of a validator, or −1.</summary>
    public int PlaceOf(ValidatorKey key) => _places.TryGetValue(key, out int place) ? place : -1;

    /// <summary>Whether a stake is more than two thirds of all.</summary>
    public bool IsQuorum(UInt128 stake) => 3 * stake > 2 * Total;

    /// <summary>Whether a stake is more than a third of all, so that a correct validator is among those that have it.</summary>
    internal bool HasCorrect(UInt128 stake) => 3 * stake > Total;

    /// <summary>Whether <see cref="TryCreate"/> makes a table of the set, without the work of making one.</summary>
    internal static bool CanVote(ValidatorSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        IReadOnlyList<Validator> validators = set.Validators;
        if (validators.Count is 0 or > StakeLimits.Validators)
        {
            return false;
        }

        for (int i = 0; i < validators.Count; i++)
        {
            Validator validator = validators[i];
            if (validator.Stake == 0
                || validator.Key.Scheme != SignatureSchemeTag.Ed25519
                || !Vrf.IsValidPublicKey(validator.Key.PublicKey.Span)
                || (i > 0 && ValidatorKey.Order.Compare(validators[i - 1].Key, validator.Key) >= 0))
            {
                return false;
            }
        }

        return true;
    }

    private Ed25519KeyCache MakeKeys()
    {
        var keys = new Ed25519KeyCache(Count);
        foreach (Validator validator in Set.Validators)
        {
            keys.TryAdd(validator.Key.PublicKey.Span);
        }

        return keys;
    }

    /// <summary>The validator to whose stake a point in [0, <see cref="Total"/>) belongs.</summary>
    internal int AtPoint(UInt128 point)
    {
        int low = 0;
        int high = _upTo.Length - 1;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = _upTo[middle] <= point ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
