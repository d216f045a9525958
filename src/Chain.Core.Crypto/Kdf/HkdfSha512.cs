namespace Chain.Core.Crypto;

/// <summary>Key derivation from a secret that is already strong: HKDF (RFC 5869) with SHA-512.</summary>
public static class HkdfSha512
{
    /// <summary>The longest output in bytes: 255 blocks of 64.</summary>
    public const int MaxOutputSize = 255 * 64;

    /// <summary>Length in bytes of a pseudorandom key.</summary>
    public const int PseudorandomKeySize = 64;

    /// <summary>Extract and expand in one step.</summary>
    /// <param name="inputKey">The secret; may be empty.</param>
    /// <param name="salt">Public; may be empty.</param>
    /// <param name="info">What the key is for; may be empty.</param>
    /// <param name="destination">Filled; 1 to <see cref="MaxOutputSize"/> bytes.</param>
    /// <exception cref="ArgumentException">The destination is empty or too long.</exception>
    public static void DeriveKey(
        ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, Span<byte> destination) =>
        HkdfSteps.DeriveKey(HmacSha512.Compute, PseudorandomKeySize, inputKey, salt, info, destination);

    /// <summary>The first half (§2.2): a secret and a salt give a pseudorandom key of 64 bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="pseudorandomKey"/> is not 64 bytes long.</exception>
    public static void Extract(ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt, Span<byte> pseudorandomKey) =>
        HmacSha512.Compute(salt, inputKey, pseudorandomKey);

    /// <summary>The second half (§2.3): T(i) = HMAC(key, T(i−1) ‖ info ‖ i).</summary>
    /// <exception cref="ArgumentException">The key is shorter than 64 bytes, or the destination is empty or too long.</exception>
    public static void Expand(ReadOnlySpan<byte> pseudorandomKey, ReadOnlySpan<byte> info, Span<byte> destination) =>
        HkdfSteps.Expand(HmacSha512.Compute, PseudorandomKeySize, pseudorandomKey, info, destination);
}
