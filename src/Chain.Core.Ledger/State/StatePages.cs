using System.Runtime.InteropServices;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Reads the tree in pages: a page holds the nodes of <see cref="Levels"/> levels below a node whose depth is a
/// multiple of that, and what is small below these. One page is one record, so that a key among a million costs five
/// reads, not twenty.
/// </summary>
/// <remarks>
/// <para>
/// A page is written in preorder; each node starts with its kind: 0 empty, 1 leaf (key, value), 2 inner
/// (left, right), 3 the page that goes on below (hash, version). Leaves always stand inside the page above them, so
/// a page that starts with a leaf is a whole tree.
/// </para>
/// <para>
/// A page is stored under the version of the tree that wrote it, and its hash. A version belongs to one tree of one
/// branch of the chain, so a page is replaced at most once on each branch: nothing needs to be counted to prune.
/// </para>
/// </remarks>
internal sealed class StatePages(IKeyValueReader reader)
{
    public const int Levels = 4;

    /// <summary>What takes at most so many bytes below the last level, three balances or so, gets no page of its own.</summary>
    public const int SmallBytes = 160;

    private const int NodesOpened = 3;

    public const byte EmptyKind = 0;
    public const byte LeafKind = 1;
    public const byte InnerKind = 2;
    public const byte PageKind = 3;

    /// <summary>Whether a read failed: the fault is the store's and not that of the code that asked.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>How many nodes were read, or made by changes.</summary>
    public int NodesAdded { get; set; }

    /// <summary>The top of a tree: a leaf, or a page below which there are others.</summary>
    public StateNode LoadTop(in Hash256 hash, UInt128 version) =>
        Load(in hash, version, out byte[] encoded) is var top && top is StateInner inner
            ? new StateStub(in hash, version, PageOf(encoded, inner))
            : top;

    /// <summary>Loads a page below another one, which never starts with a leaf.</summary>
    public StatePage LoadBelow(in Hash256 hash, UInt128 version)
    {
        if (Load(in hash, version, out byte[] encoded) is StateInner inner)
        {
            return PageOf(encoded, inner);
        }

        HasFailed = true;
        throw new StateUnavailableException($"The state page {hash} holds a leaf where a node belongs.");
    }

    /// <summary>The node, with its children, where it is in a page.</summary>
    public StateNode? Opened(StateNode? node)
    {
        if (node is StateStub stub)
        {
            NodesAdded += NodesOpened;
            return stub.Load(this).Open(default);
        }

        if (node is StatePage page)
        {
            NodesAdded += NodesOpened;
            return page.Open(default);
        }

        if (node is StatePacked packed)
        {
            NodesAdded += NodesOpened;
            return packed.Open();
        }

        return node;
    }

    public static bool TryReadPage(ref WireReader source, out Hash256 hash, out UInt128 version)
    {
        bool read = source.TryReadHash(out hash) & source.TryReadUInt64(out ulong high) & source.TryReadUInt64(out ulong low);
        version = new UInt128(high, low);
        return read;
    }

    private StateNode Load(in Hash256 hash, UInt128 version, out byte[] page)
    {
        HasFailed = true;
        if (!reader.TryGet(LedgerKeys.StatePage(version, in hash), out page!))
        {
            throw new StateUnavailableException($"The store lacks the state page {hash}.");
        }

        var source = new WireReader(page);
        var keys = new LeafKeys();
        if (!keys.TryScan(ref source) || !source.TryEnd())
        {
            throw new StateUnavailableException($"The state page {hash} is damaged: {source.Error}.");
        }

        keys.Hash(page);
        source = new WireReader(page);
        StateNode? node = Read(ref source, ref keys);
        if (node is null or StateStub || StateHasher.Hash(node) != hash)
        {
            throw new StateUnavailableException($"The state page {hash} holds something else.");
        }

        HasFailed = false;
        return node;
    }

    private StatePage PageOf(byte[] encoded, StateInner top)
    {
        var hashes = new List<Hash256>();
        var below = new List<StateStub>();
        Gather(top, hashes, below);
        var page = new StatePage(encoded, CollectionsMarshal.AsSpan(hashes), [.. below]);
        NodesAdded += page.Nodes;
        return page;
    }

    private static void Gather(StateNode? node, List<Hash256> hashes, List<StateStub> below)
    {
        switch (node)
        {
            case StateLeaf leaf:
                hashes.Add(leaf.HashInPlace);
                break;
            case StateStub stub:
                below.Add(stub);
                break;
            case StateInner inner:
                hashes.Add(inner.HashInPlace);
                Gather(inner.Left, hashes, below);
                Gather(inner.Right, hashes, below);
                break;
        }
    }

    /// <summary>Makes the nodes of a page that was scanned.</summary>
    private static StateNode? Read(ref WireReader source, ref LeafKeys keys)
    {
        source.TryReadByte(out byte kind, PageKind);
        if (kind == EmptyKind)
        {
            return null;
        }

        switch (kind)
        {
            case LeafKind:
                source.TryReadBytes(StateLimits.KeyBytes, out ReadOnlyMemory<byte> key);
                source.TryReadBytes(StateLimits.ValueBytes, out ReadOnlyMemory<byte> value);
                return new StateLeaf(in keys.Next(), key, value);
            case PageKind:
                TryReadPage(ref source, out Hash256 hash, out UInt128 version);
                return new StateStub(in hash, version);
            default:
                StateNode? left = Read(ref source, ref keys);
                return new StateInner(left, Read(ref source, ref keys));
        }
    }

    /// <summary>The keys of the leaves of a page, hashed together.</summary>
    private ref struct LeafKeys()
    {
        private readonly List<Range> _keys = new(1 << Levels);
        private Hash256[] _hashes = [];
        private int _next;

        /// <summary>Checks the form of the whole page and notes where its keys are.</summary>
        public readonly bool TryScan(ref WireReader source) => TryScan(ref source, 0);

        public void Hash(byte[] page)
        {
            _hashes = new Hash256[_keys.Count];
            StateHashes.KeyDomain.HashRanges(page, CollectionsMarshal.AsSpan(_keys), _hashes);
        }

        public ref readonly Hash256 Next() => ref _hashes[_next++];

        private readonly bool TryScan(ref WireReader source, int level)
        {
            if (!source.TryReadByte(out byte kind, PageKind))
            {
                return false;
            }

            switch (kind)
            {
                case EmptyKind:
                    return true;
                case LeafKind:
                    bool hasKey = source.TryReadBytes(StateLimits.KeyBytes, out ReadOnlyMemory<byte> key);
                    int end = source.Position;
                    bool isLeaf = hasKey && source.TryReadBytes(StateLimits.ValueBytes, out _);
                    _keys.Add((end - key.Length)..end);
                    return isLeaf;
                case PageKind:
                    bool isPage = level == Levels || source.Fail(WireError.OutOfRange);
                    return isPage && TryReadPage(ref source, out _, out _);
                default:
                    bool fits = level < StateLimits.Depth || source.Fail(WireError.OutOfRange);
                    return fits && TryScan(ref source, level + 1) && TryScan(ref source, level + 1);
            }
        }
    }
}
