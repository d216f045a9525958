using System.Numerics;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// The way from the root of one tree to where a key is or would be. Canonical form: <c>[depth, which siblings are
/// not empty, these siblings, end]</c>, the siblings from the root down and the end as <c>[0]</c> nothing there,
/// <c>[1, key hash, value hash]</c> another key's leaf, or <c>[2, value]</c> the key's own leaf.
/// </summary>
internal sealed class StatePath
{
    private const byte EmptyEnd = 0;
    private const byte OtherEnd = 1;
    private const byte PresentEnd = 2;

    private readonly Hash256[] _siblings;
    private readonly byte _end;
    private readonly Hash256 _otherKey;
    private readonly Hash256 _otherValue;
    private readonly ReadOnlyMemory<byte> _value;

    private StatePath(Hash256[] siblings, byte end, in Hash256 otherKey, in Hash256 otherValue, ReadOnlyMemory<byte> value)
    {
        _siblings = siblings;
        _end = end;
        _otherKey = otherKey;
        _otherValue = otherValue;
        _value = value;
    }

    public static StatePath Empty(Hash256[] siblings) => new(siblings, EmptyEnd, default, default, default);

    public static StatePath OtherLeaf(Hash256[] siblings, in Hash256 keyHash, in Hash256 valueHash) =>
        new(siblings, OtherEnd, in keyHash, in valueHash, default);

    public static StatePath Present(Hash256[] siblings, ReadOnlyMemory<byte> value) =>
        new(siblings, PresentEnd, default, default, value);

    /// <summary>The root that this path implies for <paramref name="key"/>, with its value, or null where the key is not set.</summary>
    public bool TryFindRoot(ReadOnlySpan<byte> key, out Hash256 root, out ReadOnlyMemory<byte>? value)
    {
        Hash256 keyHash = StateHashes.Key(key);
        value = _end == PresentEnd ? _value : default(ReadOnlyMemory<byte>?);
        root = _end switch
        {
            PresentEnd => StateHashes.Leaf(in keyHash, StateHashes.Value(_value.Span)),
            OtherEnd => StateHashes.Leaf(in _otherKey, in _otherValue),
            _ => StateHashes.Empty,
        };
        if (_end == OtherEnd && !SharesPath(in keyHash, in _otherKey))
        {
            return false;
        }

        for (int depth = _siblings.Length - 1; depth >= 0; depth--)
        {
            ref readonly Hash256 sibling = ref _siblings[depth];
            root = StateHashes.TurnsRight(in keyHash, depth)
                ? StateHashes.Node(in sibling, in root)
                : StateHashes.Node(in root, in sibling);
        }

        return true;
    }

    public void Append(WireWriter writer)
    {
        var present = new byte[(_siblings.Length + 7) / 8];
        var hashes = new List<byte>(_siblings.Length * Hash256.Size);
        for (int i = 0; i < _siblings.Length; i++)
        {
            if (!_siblings[i].IsZero)
            {
                present[i >> 3] |= (byte)(0x80 >> (i & 7));
                hashes.AddRange(Hash256.AsSpan(in _siblings[i]));
            }
        }

        writer.ArrayHeader(4)
            .UInt64((uint)_siblings.Length)
            .Bytes(present)
            .Bytes(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(hashes));
        switch (_end)
        {
            case PresentEnd: writer.ArrayHeader(2).UInt64(PresentEnd).Bytes(_value.Span); break;
            case OtherEnd: writer.ArrayHeader(3).UInt64(OtherEnd).Hash(in _otherKey).Hash(in _otherValue); break;
            default: writer.ArrayHeader(1).UInt64(EmptyEnd); break;
        }
    }

    public static bool TryRead(ref WireReader reader, out StatePath? path)
    {
        path = null;
        if (!reader.TryReadArrayHeader(4)
            || !reader.TryReadUInt32(out uint depth, StateLimits.Depth)
            || !reader.TryReadExactBytes(((int)depth + 7) / 8, out ReadOnlyMemory<byte> present)
            || !reader.TryReadBytes((int)depth * Hash256.Size, out ReadOnlyMemory<byte> hashes))
        {
            return false;
        }

        return (TrySpread((int)depth, present.Span, hashes.Span, out Hash256[] siblings) || reader.Fail(WireError.NotCanonical))
            && TryReadEnd(ref reader, siblings, out path);
    }

    private static bool TryReadEnd(ref WireReader reader, Hash256[] siblings, out StatePath? path)
    {
        path = null;
        if (!reader.TryReadArrayHeader(3, out int elements) || !reader.TryReadByte(out byte end, PresentEnd))
        {
            return false;
        }

        if (elements != (end == OtherEnd ? 3 : end == PresentEnd ? 2 : 1))
        {
            return reader.Fail(WireError.OutOfRange);
        }

        Hash256 otherKey = default;
        Hash256 otherValue = default;
        ReadOnlyMemory<byte> value = default;
        if ((end == OtherEnd && !(reader.TryReadHash(out otherKey) && reader.TryReadHash(out otherValue)))
            || (end == PresentEnd && !reader.TryReadBytes(StateLimits.ValueBytes, out value)))
        {
            return false;
        }

        path = new StatePath(siblings, end, in otherKey, in otherValue, value);
        return true;
    }

    private static bool TrySpread(int depth, ReadOnlySpan<byte> present, ReadOnlySpan<byte> hashes, out Hash256[] siblings)
    {
        int count = 0;
        foreach (byte bits in present)
        {
            count += BitOperations.PopCount(bits);
        }

        siblings = new Hash256[depth];
        bool hasStrayBits = (depth & 7) != 0 && (present[^1] & (0xFF >> (depth & 7))) != 0;
        if (hasStrayBits || hashes.Length != count * Hash256.Size)
        {
            return false;
        }

        for (int i = 0; i < depth; i++)
        {
            if ((present[i >> 3] & (0x80 >> (i & 7))) != 0)
            {
                siblings[i] = new Hash256(hashes[..Hash256.Size]);
                hashes = hashes[Hash256.Size..];
                if (siblings[i].IsZero)
                {
                    return false; // an empty sibling has one spelling
                }
            }
        }

        return true;
    }

    /// <summary>Different keys whose paths agree as far as this path goes.</summary>
    private bool SharesPath(in Hash256 keyHash, in Hash256 otherKey)
    {
        for (int depth = 0; depth < _siblings.Length; depth++)
        {
            if (StateHashes.TurnsRight(in keyHash, depth) != StateHashes.TurnsRight(in otherKey, depth))
            {
                return false;
            }
        }

        return keyHash != otherKey;
    }
}
