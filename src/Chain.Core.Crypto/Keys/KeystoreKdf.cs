namespace Chain.Core.Crypto;

/// <summary>How the password becomes a key, and at what cost.</summary>
/// <remarks>Whoever wrote a file names its cost, so that costs are bounded before work starts.</remarks>
public abstract record KeystoreKdf
{
    /// <summary>The most memory for scrypt in bytes (128 × N × r): 256 MiB.</summary>
    public const long MaxMemory = 1L << 28;

    /// <summary>The most work for scrypt (N × r × p), four times that of the default.</summary>
    public const long MaxWork = 1L << 23;

    /// <summary>The most iterations of PBKDF2.</summary>
    public const int MaxIterations = Crypto.Pbkdf2.MaxIterations;

    internal const int KeySize = 32;

    private protected KeystoreKdf()
    {
    }

    /// <summary>The default: scrypt with N = 2¹⁸, r = 8, p = 1, which takes 256 MiB.</summary>
    public static KeystoreKdf Default { get; } = new Scrypt(1 << 18, 8, 1);

    /// <summary>Whether the parameters are valid and within the limits.</summary>
    public abstract bool IsAcceptable { get; }

    internal abstract void DeriveKey(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> key);

    /// <summary>scrypt (RFC 7914), which costs memory too.</summary>
    /// <param name="N">The cost, a power of two.</param>
    /// <param name="R">The block size in units of 128 bytes.</param>
    /// <param name="P">The parallelism; it repeats the work.</param>
    public sealed record Scrypt(int N, int R, int P) : KeystoreKdf
    {
        /// <inheritdoc/>
        public override bool IsAcceptable => Crypto.Scrypt.IsAcceptable(N, R, P, KeySize)
            && 128L * N * R <= MaxMemory && (Int128)N * R * P <= MaxWork;

        internal override void DeriveKey(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> key) =>
            Crypto.Scrypt.DeriveKey(password, salt, N, R, P, key);
    }

    /// <summary>PBKDF2 with HMAC-SHA-256 (RFC 8018).</summary>
    /// <param name="Iterations">1 to <see cref="MaxIterations"/>.</param>
    public sealed record Pbkdf2(int Iterations) : KeystoreKdf
    {
        /// <inheritdoc/>
        public override bool IsAcceptable => Crypto.Pbkdf2.IsAcceptable(Iterations, KeySize);

        internal override void DeriveKey(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> key) =>
            Crypto.Pbkdf2.DeriveKey(password, salt, Iterations, key);
    }
}
