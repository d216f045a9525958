using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// A page in memory as it is stored, found right, with the hashes that it does without in the store. It takes a few
/// objects where its nodes would take dozens, which the collector would have to visit; nodes are made on the way of a
/// change, and none to read.
/// </summary>
/// <param name="encoded">As <see cref="StatePages"/> describes.</param>
/// <param name="hashes">In preorder: of an inner node its own, of a leaf that of its key and its own.</param>
/// <param name="below">The pages that go on below, in order.</param>
internal sealed class StatePage(byte[] encoded, Hash256[] hashes, StateStub[] below)
{
    public byte[] Encoded { get; } = encoded;

    public Hash256[] Hashes { get; } = hashes;

    public StateStub[] Below { get; } = below;

    /// <summary>About as much memory as so many nodes take.</summary>
    public int Nodes => 1 + ((Encoded.Length + (Hashes.Length * Hash256.Size)) / ResidentState.NodeBytes);

    /// <summary>Whether an inner node stands at a place.</summary>
    public bool IsInner(in PagePlace place) => Encoded[place.Byte] == StatePages.InnerKind;

    /// <summary>The node at a place, without what is below its children.</summary>
    public StateNode? Open(in PagePlace place)
    {
        if (!IsInner(in place))
        {
            return NodeAt(in place);
        }

        PagePlace left = place.Left;
        PagePlace right = After(in left);
        var inner = new StateInner(NodeAt(in left), NodeAt(in right));
        inner.SetHash(in Hashes[place.Hash]);
        return inner;
    }

    /// <summary>Follows a path, which turned <paramref name="depth"/> times to come to a place, to where it ends in this page.</summary>
    public PagePlace EndOf(PagePlace place, in Hash256 keyHash, ref int depth)
    {
        while (IsInner(in place))
        {
            PagePlace left = place.Left;
            place = StateHashes.TurnsRight(in keyHash, depth++) ? After(in left) : left;
        }

        return place;
    }

    /// <summary>Where the hash of the node at a place is found: see <see cref="HashAt"/>.</summary>
    public int HashPlaceOf(in PagePlace place) => Encoded[place.Byte] switch
    {
        StatePages.InnerKind => place.Hash,
        StatePages.LeafKind => place.Hash + 1,
        StatePages.PageKind => -2 - place.Below,
        _ => -1,
    };

    /// <summary>A hash of this page, that of a page below it (-2 and less), or that of nothing (-1).</summary>
    public ref readonly Hash256 HashAt(int place, in Hash256 empty)
    {
        if (place >= 0)
        {
            return ref Hashes[place];
        }

        return ref place == -1 ? ref empty : ref Below[-2 - place].HashInPlace;
    }

    /// <summary>The page that goes on at a place, or null where none does.</summary>
    public StateStub? PageAt(in PagePlace place) => Encoded[place.Byte] == StatePages.PageKind ? Below[place.Below] : null;

    /// <summary>The value of a key if it stands at this place.</summary>
    public bool TryGet(in PagePlace place, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        value = default;
        var source = new WireReader(Encoded.AsMemory(place.Byte));
        return source.TryReadByte(out byte kind)
            && kind == StatePages.LeafKind
            && source.TryReadBytes(StateLimits.KeyBytes, out ReadOnlyMemory<byte> found)
            && found.Span.SequenceEqual(key)
            && source.TryReadBytes(StateLimits.ValueBytes, out value);
    }

    /// <summary>The place behind the subtree at <paramref name="place"/>.</summary>
    /// <remarks>Each step down a path asks for it. The page was found right when it was read, so nothing is checked again.</remarks>
    public PagePlace After(in PagePlace place)
    {
        (int end, int hash, int below) = (place.Byte, place.Hash, place.Below);
        for (int open = 1; open > 0; open--)
        {
            switch (Encoded[end++])
            {
                case StatePages.LeafKind:
                    end = WireValue.EndOf(Encoded, WireValue.EndOf(Encoded, end)); // key, value
                    hash += 2;
                    break;
                case StatePages.PageKind:
                    end = WireValue.EndOf(Encoded, WireValue.EndOf(Encoded, WireValue.EndOf(Encoded, end))); // hash, version
                    below++;
                    break;
                case StatePages.InnerKind:
                    hash++;
                    open += 2;
                    break;
            }
        }

        return new PagePlace(end, hash, below);
    }

    /// <summary>The node at a place; an inner one stays packed.</summary>
    public StateNode? NodeAt(in PagePlace place)
    {
        switch (Encoded[place.Byte])
        {
            case StatePages.InnerKind:
                return new StatePacked(this, in place);
            case StatePages.PageKind:
                return Below[place.Below];
            case StatePages.LeafKind:
                var source = new WireReader(Encoded.AsMemory(place.Byte + 1));
                source.TryReadBytes(StateLimits.KeyBytes, out ReadOnlyMemory<byte> key);
                source.TryReadBytes(StateLimits.ValueBytes, out ReadOnlyMemory<byte> value);
                var leaf = new StateLeaf(in Hashes[place.Hash], key, value);
                leaf.SetHash(in Hashes[place.Hash + 1]);
                return leaf;
            default:
                return null;
        }
    }
}
