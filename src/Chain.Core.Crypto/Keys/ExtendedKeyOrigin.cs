using System.Buffers.Binary;

namespace Chain.Core.Crypto;

/// <summary>What an extended key says beside its key, and the 78 bytes that hold all (BIP-32, serialization format).</summary>
internal readonly record struct ExtendedKeyOrigin(byte Depth, uint ParentFingerprint, uint ChildNumber)
{
    public const int KeySize = 33;
    public const int ChainCodeSize = 32;

    private const int Size = 78;
    private const int ChainCodeOffset = 13;
    private const int KeyOffset = 45;

    public ExtendedKeyOrigin ChildOf(uint fingerprint, uint index) => Depth < byte.MaxValue
        ? new((byte)(Depth + 1), fingerprint, index)
        : throw new InvalidOperationException("The depth of a key ends at 255.");

    public string Encode(uint version, ReadOnlySpan<byte> chainCode, ReadOnlySpan<byte> key)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, version);
        bytes[4] = Depth;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[5..], ParentFingerprint);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[9..], ChildNumber);
        chainCode.CopyTo(bytes[ChainCodeOffset..]);
        key.CopyTo(bytes[KeyOffset..]);
        string text = Base58Check.Encode(bytes);
        bytes.Clear();
        return text;
    }

    /// <summary>Reads the bytes; false also where a master key names a parent or an index.</summary>
    public static bool TryDecode(
        string? text, uint version, out ExtendedKeyOrigin origin, out ReadOnlySpan<byte> chainCode, out ReadOnlySpan<byte> key)
    {
        origin = default;
        chainCode = key = default;
        if (!Base58Check.TryDecode(text, out byte[]? bytes) || bytes.Length != Size
            || BinaryPrimitives.ReadUInt32BigEndian(bytes) != version)
        {
            return false;
        }

        origin = new(
            bytes[4], BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5)), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(9)));
        chainCode = bytes.AsSpan(ChainCodeOffset, ChainCodeSize);
        key = bytes.AsSpan(KeyOffset);
        return origin.Depth > 0 || (origin.ParentFingerprint == 0 && origin.ChildNumber == 0);
    }
}
