using Org.BouncyCastle.Crypto.Digests;

namespace Chain.Core.Crypto;

/// <summary>SHA3-256 (FIPS 202).</summary>
public static class Sha3
{
    /// <summary>SHA3-256 of <paramref name="message"/>.</summary>
    public static Hash256 Hash(ReadOnlySpan<byte> message)
    {
        var digest = new Sha3Digest(8 * Hash256.Size);
        digest.BlockUpdate(message);
        Span<byte> output = stackalloc byte[Hash256.Size];
        digest.DoFinal(output);
        return new Hash256(output);
    }
}
