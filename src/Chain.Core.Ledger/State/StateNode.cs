using System.Runtime.CompilerServices;
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
internal sealed class StateInner : StateNode
{
    private readonly Children _children;

    public StateInner(StateNode? left, StateNode? right)
    {
        _children[0] = left;
        _children[1] = right;
    }

    public StateNode? Left => _children[0];

    public StateNode? Right => _children[1];

    /// <summary>The child on the path of a key, without a branch: a processor guesses every second one wrong.</summary>
    public StateNode? Next(in Hash256 keyHash, int depth) => _children[StateHashes.Turn(in keyHash, depth)];

    [InlineArray(2)]
    private struct Children
    {
        private StateNode? _left;
    }
}

/// <summary>An inner node of a page that is in memory, and what is below it in that page.</summary>
internal sealed class StatePacked : StateNode
{
    private readonly PagePlace _place;

    public StatePacked(StatePage page, in PagePlace place)
    {
        SetHash(in page.HashesInPlace[place.Hash]);
        Page = page;
        _place = place;
    }

    public StatePage Page { get; }

    public ref readonly PagePlace Place => ref _place;

    /// <summary>The pages that go on below it.</summary>
    public ReadOnlySpan<StateStub> BelowInPlace => Page.Below.AsSpan(_place.Below, Page.After(in _place).Below - _place.Below);

    public StateInner Open() => (StateInner)Page.Open(in _place)!;
}

/// <summary>A page that is in the store, and perhaps in memory.</summary>
internal sealed class StateStub : StateNode
{
    // Any thread may fill it in or empty it: what it holds is always the same.
    private StatePage? _page;

    public StateStub(in Hash256 hash, UInt128 version, StatePage? page = null)
    {
        SetHash(in hash);
        Version = version;
        _page = page;
    }

    /// <summary>Under which version of the tree the page is stored.</summary>
    public UInt128 Version { get; }

    /// <summary>The page, if it is in memory.</summary>
    public StatePage? InMemory => _page;

    public StatePage Load(StatePages pages) => _page ??= pages.LoadBelow(in HashInPlace, Version);

    /// <summary>Forgets the page: who needs it reads it again.</summary>
    public void Unload() => _page = null;
}
