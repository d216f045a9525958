using System.Buffers.Binary;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// What is stored under a state root. A state is stored whole, <c>[0, base, [[module, root, version, whether this state
/// wrote it], …]]</c>, or as a difference, <c>[1, base, parent, deltas, keys of all deltas]</c>, with the changes beside
/// it. The base is the root of the whole state that it was made from.
/// </summary>
/// <remarks>
/// A root has one record: whoever comes to the same state by another way goes on from the record that is there. So all
/// that was made from a state was made from its record, and what a whole state replaced, nothing after it needs.
/// </remarks>
internal sealed record StateRecord(Hash256 Base, StateRecord.StoredModule[] Modules, Hash256 Parent, int Deltas, int DeltaKeys)
{
    private const byte WholeKind = 0;
    private const byte DeltaKind = 1;
    private const int VersionBytes = 16;
    private const int ReplacedPageBytes = VersionBytes + Hash256.Size;
    private const int ReplacedInARecord = 1000;

    /// <summary>Whether every tree is in the store, and not only what differs from the parent.</summary>
    public bool IsWhole => Deltas == 0;

    public static bool Exists(IKeyValueReader reader, in Hash256 root) => reader.TryGet(LedgerKeys.StateRoot(in root), out _);

    /// <summary>The record under a root, or null where there is none.</summary>
    /// <exception cref="StateUnavailableException">The record is damaged.</exception>
    public static StateRecord? Find(IKeyValueReader reader, in Hash256 root)
    {
        if (!reader.TryGet(LedgerKeys.StateRoot(in root), out byte[]? record))
        {
            return null;
        }

        var source = new WireReader(record);
        return TryRead(ref source) is { } read && source.TryEnd()
            ? read
            : throw new StateUnavailableException($"The record of the state {root} is damaged.");
    }

    /// <summary>What changed from the parent of a state that is stored as a difference.</summary>
    /// <exception cref="StateUnavailableException">The store lacks it, or it is damaged.</exception>
    public static KeyedModuleChanges[] ChangesOf(IKeyValueReader reader, in Hash256 root)
    {
        KeyedModuleChanges[]? changes = null;
        if (reader.TryGet(LedgerKeys.StateChanges(in root), out byte[]? record))
        {
            var source = new WireReader(record);
            changes = StateDelta.TryReadChanges(ref source);
            changes = source.TryEnd() ? changes : null;
        }

        return changes ?? throw new StateUnavailableException($"The store lacks what changed in the state {root}.");
    }

    public static void WriteWhole(
        WriteBatch batch,
        in Hash256 root,
        in Hash256 baseRoot,
        ModuleTree[] modules,
        ModuleTree[] before,
        List<StateStub> replaced)
    {
        var writer = new WireWriter(1024).ArrayHeader(3).UInt64(WholeKind).Hash(in baseRoot).ArrayHeader(modules.Length);
        for (int i = 0; i < modules.Length; i++)
        {
            StoredTree stored = modules[i].Tree.Stored;
            writer.ArrayHeader(5).String(modules[i].Name).Hash(stored.Root);
            writer.UInt64((ulong)(stored.Version >> 64)).UInt64(unchecked((ulong)stored.Version));
            writer.Boolean(stored.Version != before[i].Tree.Stored.Version);
        }

        batch.Put(LedgerKeys.StateRoot(in root), writer.ToArray());
        for (int first = 0; first < replaced.Count; first += ReplacedInARecord)
        {
            int count = int.Min(ReplacedInARecord, replaced.Count - first);
            batch.Put(LedgerKeys.ReplacedPages(in root, first / ReplacedInARecord), Join(replaced.Slice(first, count)));
        }
    }

    public static void WriteDelta(WriteBatch batch, in Hash256 root, in Hash256 baseRoot, StateDelta delta, int deltas, int deltaKeys)
    {
        Hash256 parent = delta.Parent;
        batch.Put(
            LedgerKeys.StateRoot(in root),
            new WireWriter(128)
                .ArrayHeader(5)
                .UInt64(DeltaKind)
                .Hash(in baseRoot)
                .Hash(in parent)
                .UInt64((uint)deltas)
                .UInt64((uint)deltaKeys)
                .ToArray());
        var changes = new WireWriter(delta.MaxBytes);
        delta.AppendChanges(changes);
        batch.Put(LedgerKeys.StateChanges(in root), changes.Written);
    }

    /// <summary>The keys of the pages that a record of replaced pages names.</summary>
    public static IEnumerable<byte[]> ReplacedPages(ReadOnlyMemory<byte> record)
    {
        for (int start = 0; start + ReplacedPageBytes <= record.Length; start += ReplacedPageBytes)
        {
            ReadOnlySpan<byte> page = record.Span.Slice(start, ReplacedPageBytes);
            var hash = new Hash256(page[VersionBytes..]);
            yield return LedgerKeys.StatePage(BinaryPrimitives.ReadUInt128BigEndian(page), in hash);
        }
    }

    private static byte[] Join(List<StateStub> replaced)
    {
        var bytes = new byte[replaced.Count * ReplacedPageBytes];
        for (int i = 0; i < replaced.Count; i++)
        {
            Span<byte> place = bytes.AsSpan(i * ReplacedPageBytes, ReplacedPageBytes);
            BinaryPrimitives.WriteUInt128BigEndian(place, replaced[i].Version);
            replaced[i].HashInPlace.CopyTo(place[VersionBytes..]);
        }

        return bytes;
    }

    private static StateRecord? TryRead(ref WireReader source)
    {
        if (!source.TryReadArrayHeader(5, out int elements)
            || !source.TryReadByte(out byte kind, DeltaKind)
            || !source.TryReadHash(out Hash256 baseRoot))
        {
            return null;
        }

        if (kind == WholeKind)
        {
            return elements == 3 && TryReadModules(ref source) is { } modules
                ? new StateRecord(baseRoot, modules, default, 0, 0)
                : null;
        }

        return elements == 5
            && source.TryReadHash(out Hash256 parent)
            && source.TryReadUInt32(out uint deltas, ChainState.MaxDeltas)
            && deltas > 0
            && source.TryReadUInt32(out uint deltaKeys, int.MaxValue)
            ? new StateRecord(baseRoot, [], parent, (int)deltas, (int)deltaKeys)
            : null;
    }

    private static StoredModule[]? TryReadModules(ref WireReader source)
    {
        if (!source.TryReadArrayHeader(StateLimits.Modules, out int count))
        {
            return null;
        }

        var read = new StoredModule[count];
        for (int i = 0; i < count; i++)
        {
            if (!source.TryReadArrayHeader(5)
                || !source.TryReadString(WireLimits.NameBytes, out string? name)
                || !source.TryReadHash(out Hash256 root)
                || !source.TryReadUInt64(out ulong high)
                || !source.TryReadUInt64(out ulong low)
                || !source.TryReadBoolean(out bool isNew))
            {
                return null;
            }

            read[i] = new StoredModule(name, new StoredTree(root, new UInt128(high, low)), isNew);
        }

        return read;
    }

    /// <param name="Name">The module.</param>
    /// <param name="Tree">Where its tree is.</param>
    /// <param name="IsNew">Whether this state wrote pages under the tree's version, and not one before it.</param>
    internal readonly record struct StoredModule(string Name, StoredTree Tree, bool IsNew);
}
