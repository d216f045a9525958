namespace Chain.Core.Crypto;

/// <summary>What <see cref="Aead"/> asks of a library; lengths are already checked.</summary>
internal abstract class AeadCipher : IDisposable
{
    public abstract void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associated, Span<byte> sealedMessage);

    public abstract bool TryOpen(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> sealedMessage, ReadOnlySpan<byte> associated, Span<byte> plaintext);

    public abstract void Dispose();
}
