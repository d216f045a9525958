using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// What is stored under a state root. Either every tree: <c>[0, [[module, root, version], …], replaced]</c>, the pages
/// that the state written before had and this one has not as one byte string; or only the difference from the state
/// before: <c>[1, deltas, keys of all deltas, parent root, [[module, [key, value or false, …]], …]]</c>.
/// </summary>
internal readonly struct StateRecord
{
    private const byte FullKind = 0;
    private const byte DeltaKind = 1;

    private StateRecord((string Name, StoredTree Tree)[]? trees, StateDelta? delta, int deltas, int deltaKeys)
    {
        Trees = trees;
        Delta = delta;
        Deltas = deltas;
        DeltaKeys = deltaKeys;
    }

    /// <summary>Where the trees are, of a state that is stored whole.</summary>
    public (string Name, StoredTree Tree)[]? Trees { get; }

    /// <summary>The difference, of one that is not.</summary>
    public StateDelta? Delta { get; }

    /// <summary>How many differences lead here from a state that is stored whole.</summary>
    public int Deltas { get; }

    /// <summary>How many keys they hold together.</summary>
    public int DeltaKeys { get; }

    public static void WriteFull(
        WriteBatch batch, in Hash256 root, ModuleTree[] modules, List<(UInt128 Version, Hash256 Hash)> replaced)
    {
        var writer = new WireWriter(256 + (replaced.Count * ReplacedPageBytes)).ArrayHeader(3).UInt64(FullKind).ArrayHeader(modules.Length);
        foreach (ModuleTree module in modules)
        {
            StoredTree stored = module.Tree.Stored;
            writer.ArrayHeader(4).String(module.Name).Hash(stored.Root);
            writer.UInt64((ulong)(stored.Version >> 64)).UInt64(unchecked((ulong)stored.Version));
        }

        writer.Bytes(Join(replaced));
        batch.Put(LedgerKeys.StateRoot(in root), writer.ToArray());
    }

    public static void WriteDelta(WriteBatch batch, in Hash256 root, StateDelta delta, int deltas, int deltaKeys)
    {
        var writer = new WireWriter(64 + (delta.Keys * 64)).ArrayHeader(5).UInt64(DeltaKind).UInt64((uint)deltas).UInt64((uint)deltaKeys);
        delta.Append(writer);
        batch.Put(LedgerKeys.StateRoot(in root), writer.ToArray());
    }

    /// <summary>The record under a root, or null where there is none.</summary>
    /// <exception cref="StateUnavailableException">The record is damaged.</exception>
    public static StateRecord? Find(IKeyValueReader reader, in Hash256 root)
    {
        if (!reader.TryGet(LedgerKeys.StateRoot(in root), out byte[]? record))
        {
            return null;
        }

        var source = new WireReader(record);
        return TryRead(ref source, out StateRecord read) && source.TryEnd()
            ? read
            : throw new StateUnavailableException($"The record of the state {root} is damaged.");
    }

    /// <summary>The keys of the pages that a whole state replaced; empty for a difference.</summary>
    public static List<byte[]> ReplacedPages(ReadOnlyMemory<byte> record)
    {
        var keys = new List<byte[]>();
        var source = new WireReader(record);
        if (source.TryReadArrayHeader(3)
            && source.TryReadByte(out byte kind, FullKind)
            && kind == FullKind
            && TryReadTrees(ref source, out _)
            && source.TryReadBytes(int.MaxValue, out ReadOnlyMemory<byte> replaced))
        {
            for (ReadOnlySpan<byte> rest = replaced.Span; rest.Length >= ReplacedPageBytes; rest = rest[ReplacedPageBytes..])
            {
                var hash = new Hash256(rest.Slice(16, Hash256.Size));
                keys.Add(LedgerKeys.StatePage(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(rest), in hash));
            }
        }

        return keys;
    }

    private const int ReplacedPageBytes = 16 + Hash256.Size;

    private static byte[] Join(List<(UInt128 Version, Hash256 Hash)> replaced)
    {
        var bytes = new byte[replaced.Count * ReplacedPageBytes];
        for (int i = 0; i < replaced.Count; i++)
        {
            Span<byte> place = bytes.AsSpan(i * ReplacedPageBytes, ReplacedPageBytes);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(place, replaced[i].Version);
            replaced[i].Hash.CopyTo(place[16..]);
        }

        return bytes;
    }

    private static bool TryRead(ref WireReader source, out StateRecord record)
    {
        record = default;
        if (!source.TryReadArrayHeader(5, out int elements) || !source.TryReadByte(out byte kind, DeltaKind))
        {
            return false;
        }

        if (kind == FullKind)
        {
            bool isFull = elements == 3
                && TryReadTrees(ref source, out (string Name, StoredTree Tree)[] trees)
                && source.TryReadBytes(int.MaxValue, out _)
                && Keep(trees, out record);
            return isFull;
        }

        if (elements != 5
            || !source.TryReadUInt32(out uint deltas, ChainState.MaxDeltas)
            || !source.TryReadUInt32(out uint deltaKeys, int.MaxValue)
            || StateDelta.TryRead(ref source) is not { } delta)
        {
            return false;
        }

        record = new StateRecord(null, delta, (int)deltas, (int)deltaKeys);
        return true;
    }

    private static bool Keep((string Name, StoredTree Tree)[] trees, out StateRecord record)
    {
        record = new StateRecord(trees, null, 0, 0);
        return true;
    }

    private static bool TryReadTrees(ref WireReader source, out (string Name, StoredTree Tree)[] trees)
    {
        trees = [];
        if (!source.TryReadArrayHeader(StateLimits.Modules, out int count))
        {
            return false;
        }

        var read = new (string Name, StoredTree Tree)[count];
        for (int i = 0; i < count; i++)
        {
            if (!source.TryReadArrayHeader(4)
                || !source.TryReadString(WireLimits.NameBytes, out string? name)
                || !source.TryReadHash(out Hash256 root)
                || !source.TryReadUInt64(out ulong high)
                || !source.TryReadUInt64(out ulong low))
            {
                return false;
            }

            read[i] = (name, new StoredTree(root, new UInt128(high, low)));
        }

        trees = read;
        return true;
    }
}
