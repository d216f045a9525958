using System.Runtime.InteropServices;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// A page in memory as it is stored, found right, with the hashes that it does without in the store. It takes two
/// objects where its nodes would take dozens, which the collector would have to visit; nodes are made on the way of a
/// change, and none to read. In a tree it stands for itself until it is stored, and behind its <see cref="StateStub"/> then.
/// </summary>
internal sealed class StatePage : StateNode
{
    // Encoded as StatePages describes, then the hashes of inner nodes and leaves in preorder: one object for the collector.
    private readonly byte[] _bytes;
    private readonly int _length;

    /// <param name="encoded">As <see cref="StatePages"/> describes.</param>
    /// <param name="hashes">Those of inner nodes and leaves, in preorder.</param>
    /// <param name="below">The pages that go on below, in order.</param>
    public StatePage(ReadOnlySpan<byte> encoded, ReadOnlySpan<Hash256> hashes, StateStub[] below)
    {
        _length = encoded.Length;
        _bytes = new byte[_length + (hashes.Length * Hash256.Size)];
        encoded.CopyTo(_bytes);
        hashes.CopyTo(HashesInPlace);
        Below = below;
        SetHash(in hashes[0]);
    }

    private StatePage(StatePage page)
    {
        _length = page._length;
        _bytes = (byte[])page._bytes.Clone();
        Below = page.Below;
    }

    public ReadOnlyMemory<byte> Encoded => _bytes.AsMemory(0, _length);

    /// <summary>The same in place, which only its maker may change.</summary>
    public Span<byte> EncodedInPlace => _bytes.AsSpan(0, _length);

    /// <summary>In preorder; only its maker may change them.</summary>
    public Span<Hash256> HashesInPlace => MemoryMarshal.Cast<byte, Hash256>(_bytes.AsSpan(_length));

    public StateStub[] Below { get; }

    /// <summary>About as much memory as so many nodes take.</summary>
    public int Nodes => 1 + (_bytes.Length / ResidentState.NodeBytes);

    /// <summary>A copy to change. It has no hash yet.</summary>
    public StatePage Copy() => new(this);

    /// <summary>Whether an inner node stands at a place.</summary>
    public bool IsInner(in PagePlace place) => _bytes[place.Byte] == StatePages.InnerKind;

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
        inner.SetHash(in HashesInPlace[place.Hash]);
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
    public int HashPlaceOf(in PagePlace place) => _bytes[place.Byte] switch
    {
        StatePages.InnerKind or StatePages.LeafKind => place.Hash,
        StatePages.PageKind => -2 - place.Below,
        _ => -1,
    };

    /// <summary>A hash of this page, that of a page below it (-2 and less), or that of nothing (-1).</summary>
    public ref readonly Hash256 HashAt(int place, in Hash256 empty)
    {
        if (place >= 0)
        {
            return ref HashesInPlace[place];
        }

        return ref place == -1 ? ref empty : ref Below[-2 - place].HashInPlace;
    }

    /// <summary>The page that goes on at a place, or null where none does.</summary>
    public StateStub? PageAt(in PagePlace place) => _bytes[place.Byte] == StatePages.PageKind ? Below[place.Below] : null;

    /// <summary>The value of a key if it stands at this place.</summary>
    public bool TryGet(in PagePlace place, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        value = default;
        var source = new WireReader(Encoded[place.Byte..]);
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
            switch (_bytes[end++])
            {
                case StatePages.LeafKind:
                    end = WireValue.EndOf(_bytes, WireValue.EndOf(_bytes, end)); // key, value
                    hash++;
                    break;
                case StatePages.PageKind:
                    end = WireValue.EndOf(_bytes, WireValue.EndOf(_bytes, WireValue.EndOf(_bytes, end))); // hash, version
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
        switch (_bytes[place.Byte])
        {
            case StatePages.InnerKind:
                return new StatePacked(this, in place);
            case StatePages.PageKind:
                return Below[place.Below];
            case StatePages.LeafKind:
                var source = new WireReader(Encoded[(place.Byte + 1)..]);
                source.TryReadBytes(StateLimits.KeyBytes, out ReadOnlyMemory<byte> key);
                source.TryReadBytes(StateLimits.ValueBytes, out ReadOnlyMemory<byte> value);
                var leaf = new StateLeaf(StateHashes.Key(key.Span), key, value);
                leaf.SetHash(in HashesInPlace[place.Hash]);
                return leaf;
            default:
                return null;
        }
    }
}
