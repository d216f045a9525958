using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>The hashes of RFC 9381, with their separators of front and back.</summary>
internal static class VrfTranscript
{
    private const byte ChallengeFront = 2;
    private const byte OutputFront = 3;
    private const byte Back = 0;

    /// <summary>c (section 5.4.3) of the encodings of Y, H, Γ, U and V: 16 bytes.</summary>
    public static void Challenge(
        VrfSuite suite,
        ReadOnlySpan<byte> publicKey,
        ReadOnlySpan<byte> h,
        ReadOnlySpan<byte> gamma,
        ReadOnlySpan<byte> u,
        ReadOnlySpan<byte> v,
        Span<byte> challenge)
    {
        Span<byte> input = [(byte)suite, ChallengeFront, .. publicKey, .. h, .. gamma, .. u, .. v, Back];
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        SHA512.HashData(input, digest);
        digest[..VrfProof.ChallengeSize].CopyTo(challenge);
    }

    /// <summary>β (section 5.2) of the encoding of 8·Γ: 64 bytes.</summary>
    public static void Output(VrfSuite suite, ReadOnlySpan<byte> gammaTimesCofactor, Span<byte> output)
    {
        Span<byte> input = [(byte)suite, OutputFront, .. gammaTimesCofactor, Back];
        SHA512.HashData(input, output);
    }
}
