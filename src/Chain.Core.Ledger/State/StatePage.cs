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

    /// <summary>The node at a place, without what is below its children.</summary>
    public StateNode? Open(in PagePlace place)
    {
        if (Encoded[place.Byte] != StatePages.InnerKind)
        {
            return Child(in place);
        }

        PagePlace left = place.Left;
        PagePlace right = After(in left);
        var inner = new StateInner(Child(in left), Child(in right));
        inner.SetHash(in Hashes[place.Hash]);
        return inner;
    }

    /// <summary>Follows a path, which turned <paramref name="depth"/> times to come to a place, to where it ends in this page.</summary>
    public PagePlace EndOf(PagePlace place, in Hash256 keyHash, ref int depth)
    {
        while (Encoded[place.Byte] == StatePages.InnerKind)
        {
            PagePlace left = place.Left;
            place = StateHashes.TurnsRight(in keyHash, depth++) ? After(in left) : left;
        }

        return place;
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
    public PagePlace After(in PagePlace place)
    {
        var source = new WireReader(Encoded.AsMemory(place.Byte));
        (int hash, int below) = (place.Hash, place.Below);
        for (int open = 1; open > 0; open--)
        {
            source.TryReadByte(out byte kind);
            switch (kind)
            {
                case StatePages.LeafKind:
                    source.TryReadBytes(StateLimits.KeyBytes, out _);
                    source.TryReadBytes(StateLimits.ValueBytes, out _);
                    hash += 2;
                    break;
                case StatePages.PageKind:
                    StatePages.TryReadPage(ref source, out _, out _);
                    below++;
                    break;
                case StatePages.InnerKind:
                    hash++;
                    open += 2;
                    break;
            }
        }

        return new PagePlace(place.Byte + source.Position, hash, below);
    }

    private StateNode? Child(in PagePlace place)
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
