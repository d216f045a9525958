using System.Buffers.Binary;
using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>
/// What short ids of one compact block are made with: six bytes of SipHash-2-4 of the transaction's id, under a key that
/// nobody can know before the block and the sender's salt. Two transactions that share a short id under one key do not
/// under another.
/// </summary>
public readonly struct ShortIdKey
{
    /// <summary>Bytes of a short id.</summary>
    public const int Size = 6;

    private const ulong Mask = (1UL << (8 * Size)) - 1;

    private static readonly HashDomain Domain = new("chain-core/short-ids/v1");

    private readonly SipHash24 _hash;

    /// <summary>The key of a block and a salt: the first 16 bytes of the tagged hash of the block's id and the salt, little-endian.</summary>
    public ShortIdKey(BlockId block, ulong salt)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, salt);
        Hash256 id = block.Value;
        Hash256 key = Domain.Hash(Hash256.AsSpan(in id), bytes);
        _hash = new SipHash24(Hash256.AsSpan(in key)[..SipHash24.KeySize]);
    }

    /// <summary>The short id of a transaction: below 2⁴⁸.</summary>
    public ulong Of(TransactionId transaction)
    {
        Hash256 id = transaction.Value;
        return _hash.Hash(Hash256.AsSpan(in id)) & Mask;
    }

    /// <summary>Writes a short id, little-endian.</summary>
    /// <param name="id">A short id, below 2⁴⁸.</param>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public static void Write(ulong id, Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, (uint)(id & uint.MaxValue));
        BinaryPrimitives.WriteUInt16LittleEndian(destination[sizeof(uint)..], (ushort)(id >> 32));
    }

    /// <summary>Reads the short id at a place of a list of them.</summary>
    public static ulong Read(ReadOnlySpan<byte> shortIds, int place)
    {
        ReadOnlySpan<byte> bytes = shortIds.Slice(place * Size, Size);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes) | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(bytes[sizeof(uint)..]) << 32);
    }
}
