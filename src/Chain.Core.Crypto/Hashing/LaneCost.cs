using System.Runtime.Intrinsics;

namespace Chain.Core.Crypto;

/// <summary>Whether a group of messages is cheaper in lanes or one by one through the platform.</summary>
internal static class LaneCost
{
    // Measured, in blocks hashed by the platform's own SHA-256.
    private const int LaneBlock = 9;
    private const int PlatformCall = 11;

    /// <summary>A block costs the same however many lanes are used; the platform has a cost for each call.</summary>
    public static bool Pays(int messages, int blocks) => (long)LaneBlock * blocks < messages * ((long)PlatformCall + blocks);

    /// <summary>How many lanes a path has.</summary>
    public static int Lanes(this CryptoPath path) => path switch
    {
        CryptoPath.Avx512 => Sha256Avx512.Count,
        CryptoPath.Avx2 => Sha256Avx2.Count,
        _ => Vector128.IsHardwareAccelerated ? Sha256Vector128.Count : Sha256Scalar.Count,
    };
}
