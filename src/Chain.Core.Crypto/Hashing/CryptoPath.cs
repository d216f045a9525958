namespace Chain.Core.Crypto;

/// <summary>Which instructions a many-at-once operation uses. Every path gives the same answers.</summary>
public enum CryptoPath
{
    /// <summary>The widest path that this machine supports.</summary>
    Auto = 0,

    /// <summary>Portable C#, on every machine: 64-bit numbers and 128-bit vectors at most.</summary>
    Portable = 1,

    /// <summary>256-bit vectors (x86 AVX2 with FMA).</summary>
    Avx2 = 2,

    /// <summary>512-bit vectors (x86 AVX-512 F, BW, DQ and VL).</summary>
    Avx512 = 3,
}
