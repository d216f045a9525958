namespace Chain.Core.Crypto;

/// <summary>
/// Tables of public keys that sign often, such as those of validators: with one, a verification costs less than half. The
/// verdicts stay the same.
/// </summary>
/// <remarks>
/// A table takes 4.7 kB, and making one costs about as much as verifying one signature alone; so keys are added by whoever
/// knows that they come again, never by what a peer sends. When the cache is full, the key that was added first makes room.
/// Several threads may verify with one cache at once, but none may add meanwhile.
/// </remarks>
public sealed class Ed25519KeyCache
{
    private readonly Dictionary<Hash256, LaneRows> _tables = [];
    private readonly Queue<Hash256> _order = [];

    /// <summary>An empty cache.</summary>
    /// <param name="capacity">The most keys that it holds at once; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is not positive.</exception>
    public Ed25519KeyCache(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Capacity = capacity;
    }

    /// <summary>The most keys that it holds at once.</summary>
    public int Capacity { get; }

    /// <summary>Keys that it holds now.</summary>
    public int Count => _tables.Count;

    /// <summary>
    /// Adds a key, if it is not there yet. False, and nothing added, where the bytes are no point of the curve or not 32.
    /// </summary>
    public bool TryAdd(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != Ed25519.PublicKeySize)
        {
            return false;
        }

        var key = new Hash256(publicKey);
        if (_tables.ContainsKey(key))
        {
            return true;
        }

        if (LaneKeyTable.TryCreate(publicKey) is not { } table)
        {
            return false;
        }

        if (_tables.Count == Capacity)
        {
            _tables.Remove(_order.Dequeue());
        }

        _tables.Add(key, table);
        _order.Enqueue(key);
        return true;
    }

    /// <summary>Whether the key is there.</summary>
    public bool Contains(ReadOnlySpan<byte> publicKey) =>
        publicKey.Length == Ed25519.PublicKeySize && Find(publicKey) is not null;

    /// <summary>Forgets all keys.</summary>
    public void Clear()
    {
        _tables.Clear();
        _order.Clear();
    }

    /// <summary>The table of a key of 32 bytes, or null.</summary>
    internal LaneRows? Find(ReadOnlySpan<byte> publicKey) => _tables.GetValueOrDefault(new Hash256(publicKey));
}
