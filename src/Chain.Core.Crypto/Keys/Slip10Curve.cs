namespace Chain.Core.Crypto;

/// <summary>The curves for which SLIP-0010 defines key trees.</summary>
public enum Slip10Curve
{
    /// <summary>Ed25519; hardened children only.</summary>
    Ed25519 = 1,

    /// <summary>secp256k1, the same keys as BIP-32.</summary>
    Secp256k1 = 2,

    /// <summary>NIST P-256.</summary>
    NistP256 = 3,

    /// <summary>Curve25519 for key agreement; hardened children only.</summary>
    Curve25519 = 4,
}
