using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Ledger;

/// <summary>
/// One version of an authenticated map from keys to values: a compact binary sparse Merkle tree over hashed keys,
/// in which a leaf stands at the shallowest depth where its path is its own. The root depends on the content
/// alone, not on the order in which it came about. Versions share what they have in common; all that were
/// written stay readable.
/// </summary>
/// <remarks>
/// Immutable to its user, but what it loads it keeps: one tree serves one thread. The root of an empty tree is 32
/// zero bytes. Reading throws <see cref="StateUnavailableException"/> where the store lacks a part of the tree.
/// </remarks>
public sealed class StateTree
{
    private readonly StatePages _pages;
    private readonly StateNode? _top;

    private StateTree(StatePages pages, StateNode? top)
    {
        _pages = pages;
        _top = top;
        Root = StateHasher.Hash(top);
    }

    /// <summary>The hash that stands for the whole content.</summary>
    public Hash256 Root { get; }

    /// <summary>Whether a read of the store failed; what was thrown then is the store's fault.</summary>
    internal bool HasFailed => _pages.HasFailed;

    /// <summary>Opens the version with this root, which must have been written; zero opens the empty tree.</summary>
    /// <exception cref="StateUnavailableException">The store does not have this version.</exception>
    public static StateTree Open(IKeyValueReader reader, in Hash256 root)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var pages = new StatePages(reader);
        return new StateTree(pages, root.IsZero ? null : pages.Load(in root));
    }

    /// <summary>The value of <paramref name="key"/>, if it is set. It must not be changed.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value) => TryGet(StateHashes.Key(key), key, out value);

    internal bool TryGet(in Hash256 keyHash, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        StateNode? node = _top;
        for (int depth = 0; Loaded(node) is StateInner inner; depth++)
        {
            node = StateHashes.TurnsRight(in keyHash, depth) ? inner.Right : inner.Left;
        }

        bool found = node is StateLeaf leaf && leaf.Key.Span.SequenceEqual(key);
        value = found ? ((StateLeaf)node!).Value : default;
        return found;
    }

    /// <summary>The version with these changes, in any order, each key once. Nothing is written.</summary>
    /// <exception cref="ArgumentException">A key is changed twice, or a key or value exceeds <see cref="StateLimits"/>.</exception>
    public StateTree Apply(IReadOnlyList<StateChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        KeyedChange[] keyed = KeyedChange.Sort(changes);
        return new StateTree(_pages, new StateTreeUpdate(_pages).Apply(_top, 0, keyed));
    }

    /// <summary>Appends to <paramref name="batch"/> every record of this version that its store lacks.</summary>
    /// <remarks>The batch must be applied before anything that is made from this tree is opened from the store.</remarks>
    public void WriteNew(WriteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        StatePages.Write(_top, batch);
    }

    /// <summary>All keys with their values, in the order of hashed keys.</summary>
    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Entries()
    {
        var open = new Stack<StateNode?>();
        open.Push(_top);
        while (open.TryPop(out StateNode? next))
        {
            switch (Loaded(next))
            {
                case StateLeaf leaf:
                    yield return new(leaf.Key, leaf.Value);
                    break;
                case StateInner inner:
                    open.Push(inner.Right);
                    open.Push(inner.Left);
                    break;
            }
        }
    }

    /// <summary>The way from the root to where <paramref name="key"/> is or would be.</summary>
    internal StatePath PathTo(ReadOnlySpan<byte> key)
    {
        Hash256 keyHash = StateHashes.Key(key);
        var siblings = new List<Hash256>();
        StateNode? node = _top;
        while (Loaded(node) is StateInner inner)
        {
            bool right = StateHashes.TurnsRight(in keyHash, siblings.Count);
            siblings.Add(StateHasher.Hash(right ? inner.Left : inner.Right));
            node = right ? inner.Right : inner.Left;
        }

        return node switch
        {
            StateLeaf leaf when leaf.Key.Span.SequenceEqual(key) => StatePath.Present([.. siblings], leaf.Value),
            StateLeaf leaf => StatePath.OtherLeaf([.. siblings], leaf.KeyHash, StateHashes.Value(leaf.Value.Span)),
            _ => StatePath.Empty([.. siblings]),
        };
    }

    private StateNode? Loaded(StateNode? node) => node is StateStub stub ? stub.Load(_pages) : node;
}
