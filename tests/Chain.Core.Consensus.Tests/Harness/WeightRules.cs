using System.Buffers.Binary;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.Tests;

/// <summary>The seal is the weight, eight bytes; anything else is malformed.</summary>
public sealed class WeightRules : IHeaderRules
{
    /// <summary>How often a header was verified in its context.</summary>
    public int Verified { get; private set; }

    public bool IsPure { get; init; }

    public static byte[] Seal(ulong weight)
    {
        var seal = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(seal, weight);
        return seal;
    }

    public HeaderVerdict VerifyHeader(BlockHeader header, IAncestors ancestors, UnixTime now)
    {
        Verified++;
        return header.Seal.Length == 8 ? HeaderVerdict.Valid : HeaderVerdict.MalformedSeal;
    }

    public bool VerifyCertificate(BlockHeader block, ReadOnlyMemory<byte> certificate, ValidatorSet validators) => false;

    public UInt256 Weight(BlockHeader header) => BinaryPrimitives.ReadUInt64BigEndian(header.Seal.Span);
}
