namespace Chain.Core.Crypto;

/// <summary>A claim to check: this key signed this message with this signature.</summary>
/// <param name="PublicKey">The public key, without its scheme tag.</param>
/// <param name="Message">The signed bytes.</param>
/// <param name="Signature">The signature, without its scheme tag.</param>
public readonly record struct SignatureClaim(
    ReadOnlyMemory<byte> PublicKey,
    ReadOnlyMemory<byte> Message,
    ReadOnlyMemory<byte> Signature)
{
    /// <summary>Every call for many claims wants as many verdicts.</summary>
    /// <exception cref="ArgumentException"><paramref name="verdicts"/> is shorter than <paramref name="claims"/>.</exception>
    internal static void RequireRoom(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts)
    {
        if (verdicts.Length < claims.Length)
        {
            throw new ArgumentException($"{claims.Length} claims need as many verdicts, not {verdicts.Length}.", nameof(verdicts));
        }
    }
}
