using System.Buffers.Binary;
using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>
/// The 80 bytes that are worked on, as long as a Bitcoin header and with the part that changes at the end as there, so
/// that the state after the first 64 bytes is computed once for all nonces.
/// </summary>
/// <remarks>
/// Bytes 0 to 31: the tagged hash of the header without its seal. 32 to 63: SHA-256 of the text
/// <c>chain-core/proof-of-work/v1</c>, so that no Bitcoin header is work here and no work here is one there.
/// 64 to 67: zero. 68 to 71: the compact target, 72 to 79: the nonce, both with the least significant byte first.
/// </remarks>
public static class WorkPreimage
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 80;

    /// <summary>Where the nonce is.</summary>
    public const int NonceOffset = 72;

    private const int DomainOffset = 32;
    private const int TargetOffset = 68;

    private static readonly Hash256 Domain = Sha256.Hash("chain-core/proof-of-work/v1"u8);

    /// <summary>The bytes for a header and a seal.</summary>
    public static byte[] Create(in Hash256 unsealed, ProofOfWorkSeal seal)
    {
        var preimage = new byte[Size];
        Write(preimage, in unsealed, seal);
        return preimage;
    }

    /// <summary>Puts another nonce into the bytes.</summary>
    public static void SetNonce(Span<byte> preimage, ulong nonce) =>
        BinaryPrimitives.WriteUInt64LittleEndian(preimage[NonceOffset..], nonce);

    internal static void Write(Span<byte> preimage, in Hash256 unsealed, ProofOfWorkSeal seal)
    {
        preimage.Clear();
        unsealed.CopyTo(preimage);
        Domain.CopyTo(preimage[DomainOffset..]);
        BinaryPrimitives.WriteUInt32LittleEndian(preimage[TargetOffset..], seal.Target.Bits);
        SetNonce(preimage, seal.Nonce);
    }
}
