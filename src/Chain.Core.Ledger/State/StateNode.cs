using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>A subtree that is not empty. Its content never changes; its hash is filled in when it is needed.</summary>
internal abstract class StateNode
{
    private Hash256 _hash;

    public bool IsHashed { get; private set; }

    public Hash256 Hash => IsHashed ? _hash : throw new InvalidOperationException("The node is not hashed yet.");

    public void SetHash(in Hash256 hash)
    {
        _hash = hash;
        IsHashed = true;
    }
}

/// <summary>One key, at the shallowest depth where its path is its own.</summary>
internal sealed class StateLeaf(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) : StateNode
{
    private Hash256? _keyHash;

    public StateLeaf(in Hash256 keyHash, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value)
        : this(key, value) => _keyHash = keyHash;

    public ReadOnlyMemory<byte> Key { get; } = key;

    public ReadOnlyMemory<byte> Value { get; } = value;

    public Hash256 KeyHash => _keyHash ??= StateHashes.Key(Key.Span);
}

/// <summary>A node over at least two keys; one side may be empty.</summary>
internal sealed class StateInner(StateNode? left, StateNode? right) : StateNode
{
    public StateNode? Left { get; } = left;

    public StateNode? Right { get; } = right;

    /// <summary>Whether the page that starts here is in the store already, where one does.</summary>
    public bool IsStored { get; set; }
}

/// <summary>An inner node at the edge of a page, not loaded yet.</summary>
internal sealed class StateStub : StateNode
{
    private StateInner? _loaded;

    public StateStub(in Hash256 hash) => SetHash(in hash);

    public StateInner Load(StatePages pages)
    {
        Hash256 hash = Hash;
        return _loaded ??= pages.LoadBelow(in hash);
    }
}
