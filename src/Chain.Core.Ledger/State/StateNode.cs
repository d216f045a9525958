using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>
/// A subtree that is not empty. Its content never changes, so that versions and threads share it; its hash is
/// filled in before another thread can see it.
/// </summary>
internal abstract class StateNode
{
    private Hash256 _hash;

    /// <summary>Nothing hashes to zero, as far as anyone can tell.</summary>
    public bool IsHashed => !_hash.IsZero;

    public Hash256 Hash => IsHashed ? _hash : throw new InvalidOperationException("The node is not hashed yet.");

    /// <summary>The hash, in place.</summary>
    public ref readonly Hash256 HashInPlace => ref _hash;

    public void SetHash(in Hash256 hash) => _hash = hash;
}

/// <summary>One key, at the shallowest depth where its path is its own.</summary>
internal sealed class StateLeaf(in Hash256 keyHash, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) : StateNode
{
    private readonly Hash256 _keyHash = keyHash;

    public ReadOnlyMemory<byte> Key { get; } = key;

    public ReadOnlyMemory<byte> Value { get; } = value;

    public ref readonly Hash256 KeyHash => ref _keyHash;
}

/// <summary>A node over at least two keys; one side may be empty. At the top of a page it is not stored yet.</summary>
internal sealed class StateInner(StateNode? left, StateNode? right) : StateNode
{
    public StateNode? Left { get; } = left;

    public StateNode? Right { get; } = right;
}

/// <summary>A page in the store, with the node at its top where that is in memory.</summary>
internal sealed class StateStub : StateNode
{
    // Any thread may fill it in or empty it: what it holds is always the same.
    private StateInner? _loaded;

    public StateStub(in Hash256 hash, UInt128 version, StateInner? loaded = null)
    {
        SetHash(in hash);
        Version = version;
        _loaded = loaded;
    }

    /// <summary>Under which version of the tree the page is stored.</summary>
    public UInt128 Version { get; }

    /// <summary>The node, if it is in memory.</summary>
    public StateInner? InMemory => _loaded;

    public StateInner Load(StatePages pages) => _loaded ??= pages.LoadBelow(in HashInPlace, Version);

    /// <summary>Forgets the node: who needs it reads it again.</summary>
    public void Unload() => _loaded = null;
}
