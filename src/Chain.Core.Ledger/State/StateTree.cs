using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// One version of an authenticated map from keys to values: a compact binary sparse Merkle tree over hashed keys,
/// in which a leaf stands at the shallowest depth where its path is its own. The root depends on the content
/// alone, not on the order in which it came about. Versions share what they have in common; all that were
/// written stay readable until they are pruned.
/// </summary>
/// <remarks>
/// Immutable to its user, but what it loads it keeps: one tree serves one thread. The root of an empty tree is 32
/// zero bytes. Reading throws <see cref="StateUnavailableException"/> where the store lacks a part of the tree.
/// </remarks>
public sealed class StateTree
{
    private static readonly HashDomain VersionDomain = new("chain-core/state-version/v1");

    private readonly StatePages _pages;
    private readonly StateNode? _top;
    private readonly StateNode? _storedTop;

    private StateTree(StatePages pages, StateNode? top, StateNode? storedTop, StoredTree stored)
    {
        _pages = pages;
        _top = top;
        _storedTop = storedTop;
        Stored = stored;
        Root = StateHasher.Hash(top);
    }

    /// <summary>The hash that stands for the whole content.</summary>
    public Hash256 Root { get; }

    /// <summary>Where this tree, or the one that it was made from, stands in the store.</summary>
    public StoredTree Stored { get; }

    /// <summary>Whether a read of the store failed; what was thrown then is the store's fault.</summary>
    internal bool HasFailed => _pages.HasFailed;

    /// <summary>How many nodes this tree and those that it was made from have read or made.</summary>
    internal int NodesAdded => _pages.NodesAdded;

    internal StateNode? Top => _top;

    /// <summary>Opens a tree that was written; the default value opens the empty tree.</summary>
    /// <exception cref="StateUnavailableException">The store does not have it.</exception>
    public static StateTree Open(IKeyValueReader reader, StoredTree stored)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var pages = new StatePages(reader);
        Hash256 root = stored.Root;
        StateNode? top = root.IsZero ? null : pages.LoadTop(in root, stored.Version);
        return new StateTree(pages, top, top, stored);
    }

    /// <summary>The value of <paramref name="key"/>, if it is set. It must not be changed.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value) => TryGet(StateHashes.Key(key), key, out value);

    internal bool TryGet(in Hash256 keyHash, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value) =>
        TryGet(_top, 0, in keyHash, key, out value);

    /// <summary>The same from a node on the path of the key.</summary>
    internal bool TryGet(StateNode? node, int depth, in Hash256 keyHash, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        while (node is not (null or StateLeaf))
        {
            if (node is StateInner inner)
            {
                node = inner.Next(in keyHash, depth++);
                continue;
            }

            // What was not changed is read where it is: no node is made of it.
            var packed = node as StatePacked;
            StatePage page = packed?.Page ?? node as StatePage ?? ((StateStub)node).Load(_pages);
            PagePlace place = page.EndOf(packed?.Place ?? default, in keyHash, ref depth);
            if (page.PageAt(in place) is not { } below)
            {
                return page.TryGet(in place, key, out value);
            }

            node = below;
        }

        bool found = node is StateLeaf leaf && leaf.Key.Span.SequenceEqual(key);
        value = found ? ((StateLeaf)node!).Value : default;
        return found;
    }

    /// <summary>
    /// Goes down four paths side by side, from the tops of any trees until one of them leaves what is unpacked in
    /// memory: each step waits for memory, and so they wait together.
    /// </summary>
    /// <returns>How many steps it went.</returns>
    internal static int Descend(ReadOnlySpan<Hash256> keyHashes, ref StateNode? a, ref StateNode? b, ref StateNode? c, ref StateNode? d)
    {
        ref readonly Hash256 keyA = ref keyHashes[0], keyB = ref keyHashes[1], keyC = ref keyHashes[2], keyD = ref keyHashes[3];
        (StateNode? atA, StateNode? atB, StateNode? atC, StateNode? atD) = (a, b, c, d);
        int depth = 0;
        while (atA is StateInner innerA && atB is StateInner innerB && atC is StateInner innerC && atD is StateInner innerD)
        {
            atA = innerA.Next(in keyA, depth);
            atB = innerB.Next(in keyB, depth);
            atC = innerC.Next(in keyC, depth);
            atD = innerD.Next(in keyD, depth);
            depth++;
        }

        (a, b, c, d) = (atA, atB, atC, atD);
        return depth;
    }

    /// <summary>The version with these changes, in any order, each key once. Nothing is written.</summary>
    /// <exception cref="ArgumentException">A key is changed twice, or a key or value exceeds <see cref="StateLimits"/>.</exception>
    public StateTree Apply(IReadOnlyList<StateChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return Apply(KeyedChange.Hash(changes));
    }

    /// <summary>Appends to <paramref name="batch"/> every record of this tree that its store lacks.</summary>
    /// <returns>The same tree, as it stands in the store once the batch is applied.</returns>
    public StateTree WriteNew(WriteBatch batch) => WriteNew(batch, "", default, []);

    internal StateTree Apply(KeyedChange[] changes)
    {
        var hasher = new StateHasher(changes.Length);
        StateNode? top = new StateTreeUpdate(_pages, hasher).Apply(_top, 0, KeyedChange.Sort(changes));
        hasher.HashAll();
        return new StateTree(_pages, top, _storedTop, Stored);
    }

    /// <param name="batch">Takes the pages.</param>
    /// <param name="owner">Keeps the versions of the trees of one state apart.</param>
    /// <param name="state">The root of the state; keeps the versions of different states apart.</param>
    /// <param name="replaced">Takes the pages of <see cref="Stored"/> that this tree does without.</param>
    internal StateTree WriteNew(WriteBatch batch, string owner, Hash256 state, List<StateStub> replaced)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (Root == Stored.Root)
        {
            // Back where it was: the pages are there.
            return new StateTree(_pages, _storedTop, _storedTop, Stored);
        }

        UInt128 version = VersionAfter(owner, in state);
        var writer = new StatePageWriter(batch, version);
        StateNode? stored = writer.Write(_top);
        new ReplacedPages(_pages, writer.Kept, replaced).Find(_storedTop, Stored.Version, _top);
        return new StateTree(_pages, stored, stored, new StoredTree(Root, Root.IsZero ? 0 : version));
    }

    /// <summary>The same tree over another store, or another moment of one. What is in memory is shared.</summary>
    internal StateTree Over(IKeyValueReader reader) => new(new StatePages(reader), _top, _storedTop, Stored);

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

    /// <summary>The node, read from its page, and from the store where that is not in memory.</summary>
    internal StateNode? Loaded(StateNode? node) => _pages.Opened(node);

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

    /// <summary>A number that no other tree of the store has.</summary>
    private UInt128 VersionAfter(string owner, in Hash256 state)
    {
        Hash256 root = Root;
        ReadOnlyMemory<byte> content = new WireWriter(160)
            .String(owner)
            .UInt64((ulong)(Stored.Version >> 64))
            .UInt64(unchecked((ulong)Stored.Version))
            .Hash(in root)
            .Hash(in state)
            .Written;
        Hash256 version = VersionDomain.Hash(content.Span);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(Hash256.AsSpan(in version));
    }
}
