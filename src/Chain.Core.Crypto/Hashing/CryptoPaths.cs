using System.Runtime.Intrinsics.X86;

namespace Chain.Core.Crypto;

/// <summary>What this machine can do with a <see cref="CryptoPath"/>.</summary>
public static class CryptoPaths
{
    /// <summary>Whether this machine can take <paramref name="path"/>.</summary>
    public static bool IsSupported(this CryptoPath path) => path switch
    {
        CryptoPath.Auto or CryptoPath.Portable => true,
        CryptoPath.Avx2 => Avx2.IsSupported && Fma.IsSupported,
        CryptoPath.Avx512 => Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported
            && Avx512F.VL.IsSupported && Avx512BW.VL.IsSupported && Avx2.IsSupported && Fma.IsSupported,
        _ => false,
    };

    /// <summary>The concrete path for a wish: the widest one for <see cref="CryptoPath.Auto"/>.</summary>
    /// <exception cref="PlatformNotSupportedException">This machine cannot take <paramref name="path"/>.</exception>
    public static CryptoPath Resolve(this CryptoPath path)
    {
        if (path == CryptoPath.Auto)
        {
            return CryptoPath.Avx512.IsSupported() ? CryptoPath.Avx512
                : CryptoPath.Avx2.IsSupported() ? CryptoPath.Avx2
                : CryptoPath.Portable;
        }

        return path.IsSupported()
            ? path
            : throw new PlatformNotSupportedException($"This machine does not support the path {path}.");
    }
}
