namespace Chain.Core.Crypto;

/// <summary>Something that signs with one key; the key may live elsewhere.</summary>
public interface ISigner
{
    /// <summary>The scheme of the key.</summary>
    SignatureSchemeTag Scheme { get; }

    /// <summary>The public key, without its tag.</summary>
    ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Signs <paramref name="message"/> and returns the signature, without its tag.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);
}
