using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>Writes the pages of a hashed tree that are not stored yet, under one version.</summary>
internal sealed class StatePageWriter(WriteBatch batch, UInt128 version)
{
    /// <summary>The kind of a leaf and the heads of its key and its value, where these are small.</summary>
    private const int LeafHeaders = 5;

    private readonly WireWriter _page = new(2048);
    private readonly List<Hash256> _hashes = [];

    // The pages below those that are being written, the deepest last.
    private readonly List<StateStub> _below = [];
    private readonly List<StateStub> _written = [];
    private readonly List<StateStub> _kept = [];

    /// <summary>The pages that were stored before and stay, in the order of their keys; what is below them stays too.</summary>
    public IReadOnlyList<StateStub> Kept => _kept;

    /// <summary>The same tree, as it stands in the store once the batch is applied.</summary>
    public StateNode? Write(StateNode? top)
    {
        StateNode? stored = top;
        if (top is StateInner inner)
        {
            stored = WritePage(inner);
        }
        else if (top is StateStub stub)
        {
            _kept.Add(stub);
        }
        else if (top is StatePage page)
        {
            stored = Keep(page);
        }
        else if (top is StateLeaf leaf)
        {
            Append(leaf, 0, 0);
            batch.Put(LedgerKeys.StatePage(version, in leaf.HashInPlace), _page.ToArray());
        }

        PutInOrder();
        return stored;
    }

    /// <summary>Writes the pages below first, so that this one can say where they are.</summary>
    private StateStub WritePage(StateInner top)
    {
        int first = _below.Count;
        WriteBelow(top, StatePages.Levels);
        _page.Clear();
        _hashes.Clear();
        Append(top, StatePages.Levels, first);
        StateStub[] below = [.. _below[first..]];
        _below.RemoveRange(first, below.Length);
        return Written(new StatePage(_page.Written.Span, CollectionsMarshal.AsSpan(_hashes), below));
    }

    private StateStub Written(StatePage page)
    {
        var stub = new StateStub(in page.HashInPlace, version, page);
        _written.Add(stub);
        return stub;
    }

    /// <summary>Writes a page as it is.</summary>
    private StateStub Keep(StatePage page)
    {
        _kept.AddRange(page.Below);
        return Written(page);
    }

    private void WriteBelow(StateNode? node, int levels)
    {
        if (node is StateStub stub)
        {
            _kept.Add(stub);
            _below.Add(stub);
        }
        else if (node is StatePage page)
        {
            _below.Add(Keep(page));
        }
        else if (node is StatePacked packed)
        {
            _kept.AddRange(packed.BelowInPlace);
            _below.AddRange(packed.BelowInPlace);
        }
        else if (node is StateInner inner && levels > 0)
        {
            WriteBelow(inner.Left, levels - 1);
            WriteBelow(inner.Right, levels - 1);
        }
        else if (node is StateInner last && !IsSmall(last))
        {
            _below.Add(WritePage(last));
        }
    }

    private static bool IsSmall(StateInner node)
    {
        int room = StatePages.SmallBytes;
        return Fits(node, ref room);
    }

    private static bool Fits(StateNode? node, ref int room)
    {
        room -= node switch
        {
            StateLeaf leaf => leaf.Key.Length + leaf.Value.Length + LeafHeaders,
            StatePacked packed when packed.BelowInPlace.IsEmpty => packed.Page.After(in packed.Place).Byte - packed.Place.Byte,
            StatePacked or StateStub or StatePage => StatePages.SmallBytes + 1, // a page goes on below
            _ => 1,
        };
        return room >= 0 && (node is not StateInner inner || (Fits(inner.Left, ref room) && Fits(inner.Right, ref room)));
    }

    private int Append(StateNode? node, int levels, int below)
    {
        if (node is StateLeaf leaf)
        {
            _hashes.Add(leaf.HashInPlace);
            _page.UInt64(StatePages.LeafKind).Bytes(leaf.Key.Span).Bytes(leaf.Value.Span);
            return below;
        }

        if (node is null)
        {
            _page.UInt64(StatePages.EmptyKind);
            return below;
        }

        if (node is StatePacked packed)
        {
            PagePlace end = packed.Page.After(in packed.Place);
            _page.Raw(packed.Page.Encoded.Span[packed.Place.Byte..end.Byte]);
            _hashes.AddRange(packed.Page.HashesInPlace[packed.Place.Hash..end.Hash]);
            return below + end.Below - packed.Place.Below;
        }

        bool goesOn = below < _below.Count && (ReferenceEquals(node, _below[below]) || (levels == 0 && node.Hash == _below[below].Hash));
        if (goesOn)
        {
            StateStub stub = _below[below];
            _page.UInt64(StatePages.PageKind).Hash(in stub.HashInPlace);
            _page.UInt64((ulong)(stub.Version >> 64)).UInt64(unchecked((ulong)stub.Version));
            return below + 1;
        }

        var inner = (StateInner)node;
        _hashes.Add(inner.HashInPlace);
        _page.UInt64(StatePages.InnerKind);
        return Append(inner.Right, levels - 1, Append(inner.Left, levels - 1, below));
    }

    /// <summary>In the order of their keys, which are hashes: a store takes in sorted keys much faster.</summary>
    private void PutInOrder()
    {
        var beginnings = new ulong[_written.Count];
        for (int i = 0; i < beginnings.Length; i++)
        {
            beginnings[i] = BinaryPrimitives.ReadUInt64BigEndian(Hash256.AsSpan(in _written[i].HashInPlace));
        }

        StateStub[] sorted = [.. _written];
        Array.Sort(beginnings, sorted);
        foreach (StateStub stub in sorted)
        {
            batch.Put(LedgerKeys.StatePage(version, in stub.HashInPlace), stub.InMemory!.Encoded);
        }
    }
}
