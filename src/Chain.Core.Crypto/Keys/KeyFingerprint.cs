using System.Buffers.Binary;
using Org.BouncyCastle.Crypto.Digests;

namespace Chain.Core.Crypto;

/// <summary>The first four bytes of RIPEMD-160 of SHA-256 of a public key (BIP-32).</summary>
internal static class KeyFingerprint
{
    private const int DigestSize = 20;

    public static uint Of(ReadOnlySpan<byte> publicKey)
    {
        Hash256 inner = Sha256.Hash(publicKey);
        var ripemd = new RipeMD160Digest();
        ripemd.BlockUpdate(Hash256.AsSpan(in inner));
        Span<byte> digest = stackalloc byte[DigestSize];
        ripemd.DoFinal(digest);
        return BinaryPrimitives.ReadUInt32BigEndian(digest);
    }
}
