using System.Security.Cryptography;
using PlatformAlgorithm = System.Security.Cryptography.MLDsa;

namespace Chain.Core.Crypto;

/// <summary>ML-DSA-65 by the platform, where it has the algorithm.</summary>
internal static class PlatformMLDsa65
{
    public static bool IsSupported => PlatformAlgorithm.IsSupported;

    /// <summary>Lengths are the caller's affair.</summary>
    public static bool Verify(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, ReadOnlySpan<byte> signature)
    {
        using PlatformAlgorithm key = PlatformAlgorithm.ImportMLDsaPublicKey(MLDsaAlgorithm.MLDsa65, publicKey);
        return key.VerifyData(message, signature, context);
    }
}
