using Org.BouncyCastle.Crypto.Digests;

namespace Chain.Core.Crypto;

/// <summary>BLAKE3 in its plain mode, with the default digest of 32 bytes.</summary>
public static class Blake3
{
    /// <summary>BLAKE3 of <paramref name="message"/>.</summary>
    public static Hash256 Hash(ReadOnlySpan<byte> message)
    {
        var digest = new Blake3Digest();
        digest.BlockUpdate(message);
        Span<byte> output = stackalloc byte[Hash256.Size];
        digest.DoFinal(output);
        return new Hash256(output);
    }
}
