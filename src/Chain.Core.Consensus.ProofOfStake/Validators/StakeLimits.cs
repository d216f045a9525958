namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>The bounds of the engine's formats.</summary>
public static class StakeLimits
{
    /// <summary>Most validators in a set: a certificate of all of them and the next set fit into one seal.</summary>
    public const int Validators = 256;

    /// <summary>Largest certificate in bytes.</summary>
    public const int CertificateBytes = 64 + (Validators / 8) + (Validators * Crypto.Ed25519.SignatureSize);

    /// <summary>Largest encoded set in bytes.</summary>
    public const int SetBytes = 8 + (Validators * 48);
}
