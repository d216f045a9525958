using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Reads the tree in pages: a page holds the nodes of <see cref="Levels"/> levels below a node whose depth is a
/// multiple of that. One page is one record, so that a key among a million costs five reads, not twenty.
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

    public const byte EmptyKind = 0;
    public const byte LeafKind = 1;
    public const byte InnerKind = 2;
    public const byte PageKind = 3;

    private const int MostLeaves = 1 << Levels;

    /// <summary>Whether a read failed: the fault is the store's and not that of the code that asked.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>How many nodes were read, or made by changes.</summary>
    public int NodesAdded { get; set; }

    public StateNode Load(in Hash256 hash, UInt128 version)
    {
        HasFailed = true;
        if (!reader.TryGet(LedgerKeys.StatePage(version, in hash), out byte[]? page))
        {
            throw new StateUnavailableException($"The store lacks the state page {hash}.");
        }

        var source = new WireReader(page);
        var keys = new LeafKeys(page);
        if (!keys.TryScan(ref source) || !source.TryEnd())
        {
            throw new StateUnavailableException($"The state page {hash} is damaged: {source.Error}.");
        }

        keys.Hash();
        source = new WireReader(page);
        StateNode? node = Read(ref source, ref keys);
        if (node is null or StateStub || StateHasher.Hash(node) != hash)
        {
            throw new StateUnavailableException($"The state page {hash} holds something else.");
        }

        HasFailed = false;
        return node;
    }

    /// <summary>Loads a page below another one, which never starts with a leaf.</summary>
    public StateInner LoadBelow(in Hash256 hash, UInt128 version)
    {
        if (Load(in hash, version) is StateInner inner)
        {
            return inner;
        }

        HasFailed = true;
        throw new StateUnavailableException($"The state page {hash} holds a leaf where a node belongs.");
    }

    /// <summary>Makes the nodes of a page that was scanned.</summary>
    private StateNode? Read(ref WireReader source, ref LeafKeys keys)
    {
        source.TryReadByte(out byte kind, PageKind);
        if (kind == EmptyKind)
        {
            return null;
        }

        NodesAdded++;
        switch (kind)
        {
            case LeafKind:
                source.TryReadBytes(StateLimits.KeyBytes, out ReadOnlyMemory<byte> key);
                source.TryReadBytes(StateLimits.ValueBytes, out ReadOnlyMemory<byte> value);
                return new StateLeaf(in keys.Next(), key, value);
            case PageKind:
                source.TryReadHash(out Hash256 hash);
                TryReadVersion(ref source, out UInt128 version);
                return new StateStub(in hash, version);
            default:
                StateNode? left = Read(ref source, ref keys);
                return new StateInner(left, Read(ref source, ref keys));
        }
    }

    private static bool TryReadVersion(ref WireReader source, out UInt128 version)
    {
        bool read = source.TryReadUInt64(out ulong high) & source.TryReadUInt64(out ulong low);
        version = new UInt128(high, low);
        return read;
    }

    /// <summary>The keys of the leaves of a page, hashed together.</summary>
    private ref struct LeafKeys(byte[] page)
    {
        private readonly Range[] _keys = new Range[MostLeaves];
        private readonly Hash256[] _hashes = new Hash256[MostLeaves];
        private int _count;
        private int _next;

        /// <summary>Checks the form of the whole page and notes where its keys are.</summary>
        public bool TryScan(ref WireReader source) => TryScan(ref source, 0);

        public readonly void Hash() => StateHashes.KeyDomain.HashRanges(page, _keys.AsSpan(0, _count), _hashes.AsSpan(0, _count));

        public ref readonly Hash256 Next() => ref _hashes[_next++];

        private bool TryScan(ref WireReader source, int level)
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
                    return isLeaf && Note((end - key.Length)..end);
                case PageKind:
                    bool isPage = level == Levels || source.Fail(WireError.OutOfRange);
                    return isPage && source.TryReadHash(out _) && TryReadVersion(ref source, out _);
                default:
                    bool fits = level < Levels || source.Fail(WireError.OutOfRange);
                    return fits && TryScan(ref source, level + 1) && TryScan(ref source, level + 1);
            }
        }

        private bool Note(Range key)
        {
            _keys[_count++] = key;
            return true;
        }
    }
}
