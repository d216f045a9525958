namespace Chain.Core.Crypto;

/// <summary>The tag byte in front of keys and signatures that names their scheme.</summary>
/// <remarks>A scheme checks public data only; keys and signing live in types of their own.</remarks>
public enum SignatureSchemeTag : byte
{
    /// <summary>No scheme; never valid on the wire.</summary>
    None = 0,

    /// <summary>Ed25519 with the verification rules of ZIP-215; the default.</summary>
    Ed25519 = 1,

    /// <summary>ECDSA over secp256k1, compact signatures with low S.</summary>
    EcdsaSecp256k1 = 2,

    /// <summary>BIP-340 Schnorr over secp256k1.</summary>
    SchnorrSecp256k1 = 3,

    /// <summary>ML-DSA-65 (FIPS 204).</summary>
    MLDsa65 = 4,
}
