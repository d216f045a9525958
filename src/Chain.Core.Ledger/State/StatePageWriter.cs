using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>Writes the pages of a hashed tree that are not stored yet, under one version.</summary>
internal sealed class StatePageWriter(WriteBatch batch, UInt128 version)
{
    private readonly WireWriter _page = new(2048);

    /// <summary>The same tree, as it stands in the store once the batch is applied.</summary>
    public StateNode? Write(StateNode? top)
    {
        switch (top)
        {
            case StateInner inner:
                return WritePage(inner);
            case StateLeaf leaf:
                Put(leaf);
                return leaf;
            default:
                return top;
        }
    }

    private StateStub WritePage(StateInner top)
    {
        StateInner stored = WriteBelow(top, StatePages.Levels);
        Put(stored);
        return new StateStub(in stored.HashInPlace, version, stored);
    }

    /// <summary>Writes the pages that go on below, so that a node's children are where its page says.</summary>
    private StateInner WriteBelow(StateInner node, int levels)
    {
        StateNode? left = WriteChild(node.Left, levels);
        StateNode? right = WriteChild(node.Right, levels);
        if (ReferenceEquals(left, node.Left) && ReferenceEquals(right, node.Right))
        {
            return node;
        }

        var stored = new StateInner(left, right);
        stored.SetHash(in node.HashInPlace);
        return stored;
    }

    private StateNode? WriteChild(StateNode? child, int levels) => child is not StateInner inner ? child
        : levels == 1 ? WritePage(inner)
        : WriteBelow(inner, levels - 1);

    private void Put(StateNode top)
    {
        _page.Clear();
        Append(top);
        batch.Put(LedgerKeys.StatePage(version, in top.HashInPlace), _page.ToArray());
    }

    private void Append(StateNode? node)
    {
        switch (node)
        {
            case null:
                _page.UInt64(StatePages.EmptyKind);
                break;
            case StateLeaf leaf:
                _page.UInt64(StatePages.LeafKind).Bytes(leaf.Key.Span).Bytes(leaf.Value.Span);
                break;
            case StateInner inner:
                _page.UInt64(StatePages.InnerKind);
                Append(inner.Left);
                Append(inner.Right);
                break;
            case StateStub stub:
                _page.UInt64(StatePages.PageKind).Hash(in stub.HashInPlace);
                _page.UInt64((ulong)(stub.Version >> 64)).UInt64(unchecked((ulong)stub.Version));
                break;
        }
    }
}
