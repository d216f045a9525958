using Org.BouncyCastle.Crypto.Digests;

namespace Chain.Core.Crypto;

/// <summary>Keccak-256 with the padding of before FIPS 202, as Ethereum uses it.</summary>
public static class Keccak256
{
    /// <summary>Keccak-256 of <paramref name="message"/>.</summary>
    public static Hash256 Hash(ReadOnlySpan<byte> message)
    {
        var digest = new KeccakDigest(8 * Hash256.Size);
        digest.BlockUpdate(message);
        Span<byte> output = stackalloc byte[Hash256.Size];
        digest.DoFinal(output);
        return new Hash256(output);
    }
}
