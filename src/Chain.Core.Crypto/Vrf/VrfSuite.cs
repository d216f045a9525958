namespace Chain.Core.Crypto;

/// <summary>The cipher suites of RFC 9381 over edwards25519, numbered as in section 5.5.</summary>
public enum VrfSuite : byte
{
    /// <summary>ECVRF-EDWARDS25519-SHA512-TAI: the input is hashed to the curve by trying; its time depends on the input.</summary>
    Edwards25519Sha512Tai = 3,

    /// <summary>ECVRF-EDWARDS25519-SHA512-ELL2: the input is hashed to the curve by Elligator 2 (RFC 9380).</summary>
    Edwards25519Sha512Elligator2 = 4,
}
