using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>A change with the hash that says where its key belongs.</summary>
internal class KeyedChange(in Hash256 keyHash, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte>? value)
{
    private readonly Hash256 _keyHash = keyHash;

    public ref readonly Hash256 KeyHash => ref _keyHash;

    public ReadOnlyMemory<byte> Key { get; protected set; } = key;

    /// <summary>What the key is set to; null removes it.</summary>
    public ReadOnlyMemory<byte>? Value { get; protected set; } = value;

    /// <summary>Hashes the keys of changes, several at once.</summary>
    /// <exception cref="ArgumentException">A key or value is too long.</exception>
    public static KeyedChange[] Hash(IReadOnlyList<StateChange> changes)
    {
        int bytes = 0;
        for (int i = 0; i < changes.Count; i++)
        {
            Check(changes[i]);
            bytes += changes[i].Key.Length;
        }

        var keys = new byte[bytes];
        var places = new Range[changes.Count];
        int next = 0;
        for (int i = 0; i < places.Length; i++)
        {
            ReadOnlyMemory<byte> key = changes[i].Key;
            key.Span.CopyTo(keys.AsSpan(next));
            places[i] = next..(next + key.Length);
            next += key.Length;
        }

        var hashes = new Hash256[places.Length];
        StateHashes.KeyDomain.HashRanges(keys, places, hashes);
        var keyed = new KeyedChange[places.Length];
        for (int i = 0; i < keyed.Length; i++)
        {
            keyed[i] = new KeyedChange(in hashes[i], changes[i].Key, changes[i].Value);
        }

        return keyed;
    }

    /// <summary>The changes in the order of their key hashes.</summary>
    /// <exception cref="ArgumentException">A key is changed twice.</exception>
    public static KeyedChange[] Sort(KeyedChange[] changes)
    {
        // Sorting numbers is much cheaper than comparing hashes; only equal numbers need another look.
        var beginnings = new ulong[changes.Length];
        for (int i = 0; i < beginnings.Length; i++)
        {
            beginnings[i] = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(Hash256.AsSpan(in changes[i].KeyHash));
        }

        var sorted = (KeyedChange[])changes.Clone();
        Array.Sort(beginnings, sorted);
        for (int i = 1; i < sorted.Length; i++)
        {
            if (beginnings[i] == beginnings[i - 1])
            {
                Array.Sort(sorted, static (a, b) => a.KeyHash.CompareTo(b.KeyHash));
                RequireDistinct(sorted);
                break;
            }
        }

        return sorted;
    }

    private static void RequireDistinct(KeyedChange[] sorted)
    {
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].KeyHash == sorted[i - 1].KeyHash)
            {
                throw new ArgumentException("A key is changed twice.", nameof(sorted));
            }
        }
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
