using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>Keys of test validators; the i-th in the order of a validator set.</summary>
internal static class TestKeys
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<int, TestKey[]> Sets = [];

    /// <summary>So many keys, ascending. The same array each time.</summary>
    public static TestKey[] Of(int count)
    {
        lock (Gate)
        {
            if (!Sets.TryGetValue(count, out TestKey[]? keys))
            {
                keys = [.. Enumerable.Range(0, count).Select(seed => new TestKey(seed)).OrderBy(key => new Hash256(key.PublicKey.Span))];
                Sets.Add(count, keys);
            }

            return keys;
        }
    }

    /// <summary>A set of these stakes.</summary>
    public static ValidatorSet Set(params ReadOnlySpan<ulong> stakes)
    {
        TestKey[] keys = Of(stakes.Length);
        var validators = new Validator[stakes.Length];
        for (int i = 0; i < validators.Length; i++)
        {
            validators[i] = new Validator(keys[i].Key, stakes[i]);
        }

        return new ValidatorSet(validators);
    }

    /// <summary>A set of equal stakes.</summary>
    public static ValidatorSet Equal(int count) => Set([.. Enumerable.Repeat(1UL, count)]);
}
