using System.Buffers.Binary;
using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>A header of Bitcoin: 80 bytes, numbers with the least significant byte first, hashes in the order of their bytes.</summary>
/// <param name="Version">The version, signals included.</param>
/// <param name="Parent">The hash of the header before.</param>
/// <param name="MerkleRoot">The root over the transactions.</param>
/// <param name="Time">Seconds since 1970.</param>
/// <param name="Target">The compact target.</param>
/// <param name="Nonce">The nonce.</param>
public readonly record struct BitcoinHeader(int Version, Hash256 Parent, Hash256 MerkleRoot, uint Time, CompactTarget Target, uint Nonce)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 80;

    /// <summary>The double SHA-256 of the header. Explorers write its bytes the other way round.</summary>
    public Hash256 Hash
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            WriteTo(bytes);
            return Sha256.HashTwice(bytes);
        }
    }

    /// <summary>Reads a header; false where there are not exactly 80 bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BitcoinHeader header)
    {
        if (bytes.Length != Size)
        {
            header = default;
            return false;
        }

        header = new BitcoinHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes),
            new Hash256(bytes.Slice(4, Hash256.Size)),
            new Hash256(bytes.Slice(36, Hash256.Size)),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[68..]),
            new CompactTarget(BinaryPrimitives.ReadUInt32LittleEndian(bytes[72..])),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[76..]));
        return true;
    }

    /// <summary>Writes the 80 bytes to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">There is no room for them.</exception>
    public void WriteTo(Span<byte> destination)
    {
        if (destination.Length < Size)
        {
            throw new ArgumentException($"A header needs {Size} bytes.", nameof(destination));
        }

        BinaryPrimitives.WriteInt32LittleEndian(destination, Version);
        Parent.CopyTo(destination[4..]);
        MerkleRoot.CopyTo(destination[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[68..], Time);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[72..], Target.Bits);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[76..], Nonce);
    }
}
