using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Reads and writes the tree in pages: a page holds the nodes of <see cref="Levels"/> levels below a node whose
/// depth is a multiple of that, and is stored under this node's hash. One page is one record, so that a key among
/// a million costs five reads, not twenty.
/// </summary>
/// <remarks>
/// <para>
/// A page is written in preorder; each node starts with its kind: 0 empty, 1 leaf (key, value, leaf hash), 2 inner
/// (left, right), 3 the hash of the page that goes on below. Leaves always stand inside the page above them, so a
/// page that starts with a leaf is a whole tree.
/// </para>
/// <para>
/// Pages are addressed by content: every version and every fork shares what it has in common, and writing the
/// same page twice changes nothing. To prune below a final block, a journal of the pages that each block added
/// and replaced is enough: a page that a final block replaced, or that an abandoned block added, goes unless the
/// path to it still leads there from the oldest root that is kept, or a later block of the window added it again.
/// </para>
/// </remarks>
internal sealed class StatePages(IKeyValueReader reader)
{
    public const int Levels = 4;

    private const byte EmptyKind = 0;
    private const byte LeafKind = 1;
    private const byte InnerKind = 2;
    private const byte PageKind = 3;

    /// <summary>Whether a read failed: the fault is the store's and not that of the code that asked.</summary>
    public bool HasFailed { get; private set; }

    public StateNode Load(in Hash256 hash)
    {
        HasFailed = true;
        if (!reader.TryGet(LedgerKeys.StatePage(in hash), out byte[]? page))
        {
            throw new StateUnavailableException($"The store lacks the state page {hash}.");
        }

        var source = new WireReader(page);
        if (!TryRead(ref source, 0, out StateNode? node) || node is null || !source.TryEnd())
        {
            throw new StateUnavailableException($"The state page {hash} is damaged: {source.Error}.");
        }

        if (node is StateLeaf)
        {
            if (node.Hash != hash)
            {
                throw new StateUnavailableException($"The state page {hash} holds the leaf {node.Hash}.");
            }
        }
        else
        {
            node.SetHash(in hash);
        }

        HasFailed = false;
        return node;
    }

    /// <summary>Loads a page below another one, which never starts with a leaf.</summary>
    public StateInner LoadBelow(in Hash256 hash)
    {
        if (Load(in hash) is StateInner inner)
        {
            return inner;
        }

        HasFailed = true;
        throw new StateUnavailableException($"The state page {hash} holds a leaf where a node belongs.");
    }

    /// <summary>Writes every page of a hashed tree that is not stored yet.</summary>
    public static void Write(StateNode? root, WriteBatch batch)
    {
        if (root is StateLeaf)
        {
            Put(root, batch);
        }
        else if (root is StateInner { IsStored: false } inner)
        {
            WriteFrom(inner, batch);
        }
    }

    private static void WriteFrom(StateInner top, WriteBatch batch)
    {
        Put(top, batch);
        top.IsStored = true;
        WriteBelow(top, Levels, batch);
    }

    private static void WriteBelow(StateInner node, int levels, WriteBatch batch)
    {
        foreach (StateNode? child in (ReadOnlySpan<StateNode?>)[node.Left, node.Right])
        {
            if (child is StateInner { IsStored: false } inner)
            {
                if (levels == 1)
                {
                    WriteFrom(inner, batch);
                }
                else
                {
                    WriteBelow(inner, levels - 1, batch);
                }
            }
        }
    }

    private static void Put(StateNode top, WriteBatch batch)
    {
        var writer = new WireWriter(1024);
        Append(writer, top, 0);
        Hash256 hash = top.Hash;
        batch.Put(LedgerKeys.StatePage(in hash), writer.ToArray());
    }

    private static void Append(WireWriter writer, StateNode? node, int level)
    {
        switch (node)
        {
            case null:
                writer.UInt64(EmptyKind);
                break;
            case StateLeaf leaf:
                writer.UInt64(LeafKind).Bytes(leaf.Key.Span).Bytes(leaf.Value.Span).Hash(leaf.Hash);
                break;
            case StateInner inner when level < Levels:
                writer.UInt64(InnerKind);
                Append(writer, inner.Left, level + 1);
                Append(writer, inner.Right, level + 1);
                break;
            default:
                writer.UInt64(PageKind).Hash(node.Hash);
                break;
        }
    }

    private static bool TryRead(ref WireReader reader, int level, out StateNode? node)
    {
        node = null;
        if (!reader.TryReadByte(out byte kind, PageKind))
        {
            return false;
        }

        switch (kind)
        {
            case EmptyKind:
                return true;
            case LeafKind:
                return TryReadLeaf(ref reader, out node);
            case PageKind:
                bool read = level == Levels && reader.TryReadHash(out Hash256 hash) && Keep(new StateStub(in hash), out node);
                return read || reader.Fail(WireError.OutOfRange);
            default:
                bool fits = level < Levels || reader.Fail(WireError.OutOfRange);
                return fits
                    && TryRead(ref reader, level + 1, out StateNode? left)
                    && TryRead(ref reader, level + 1, out StateNode? right)
                    && Keep(new StateInner(left, right) { IsStored = true }, out node);
        }
    }

    private static bool TryReadLeaf(ref WireReader reader, out StateNode? node)
    {
        node = null;
        if (!reader.TryReadBytes(StateLimits.KeyBytes, out ReadOnlyMemory<byte> key)
            || !reader.TryReadBytes(StateLimits.ValueBytes, out ReadOnlyMemory<byte> value)
            || !reader.TryReadHash(out Hash256 hash))
        {
            return false;
        }

        node = new StateLeaf(key, value);
        node.SetHash(in hash);
        return true;
    }

    private static bool Keep(StateNode made, out StateNode? node)
    {
        node = made;
        return true;
    }
}
