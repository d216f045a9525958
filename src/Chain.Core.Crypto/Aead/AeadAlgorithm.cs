namespace Chain.Core.Crypto;

/// <summary>Authenticated ciphers; all have a 32-byte key and a 16-byte tag.</summary>
public enum AeadAlgorithm
{
    /// <summary>RFC 8439, 12-byte nonce.</summary>
    ChaCha20Poly1305 = 1,

    /// <summary>NIST SP 800-38D with a 256-bit key, 12-byte nonce.</summary>
    Aes256Gcm = 2,

    /// <summary>draft-irtf-cfrg-xchacha-03, 24-byte nonce: long enough to be chosen at random.</summary>
    XChaCha20Poly1305 = 3,
}
