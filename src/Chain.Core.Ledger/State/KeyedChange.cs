using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>A change with the hash that says where its key belongs.</summary>
internal readonly record struct KeyedChange(Hash256 KeyHash, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte>? Value)
{
    public static KeyedChange[] Sort(IReadOnlyList<StateChange> changes)
    {
        var keyed = new KeyedChange[changes.Count];
        for (int i = 0; i < keyed.Length; i++)
        {
            StateChange change = changes[i];
            Check(in change);
            keyed[i] = new KeyedChange(StateHashes.Key(change.Key.Span), change.Key, change.Value);
        }

        Array.Sort(keyed, static (a, b) => a.KeyHash.CompareTo(b.KeyHash));
        for (int i = 1; i < keyed.Length; i++)
        {
            if (keyed[i].KeyHash == keyed[i - 1].KeyHash)
            {
                throw new ArgumentException("A key is changed twice.", nameof(changes));
            }
        }

        return keyed;
    }

    private static void Check(in StateChange change)
    {
        if (change.Key.Length > StateLimits.KeyBytes || change.Value?.Length > StateLimits.ValueBytes)
        {
            throw new ArgumentException(
                $"A key of {change.Key.Length} bytes or a value of {change.Value?.Length ?? 0} does not fit the state.", nameof(change));
        }
    }
}
