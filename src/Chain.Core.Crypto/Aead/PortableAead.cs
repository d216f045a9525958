using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Chain.Core.Crypto;

/// <summary>The ciphers of BouncyCastle, for what the operating system's library lacks.</summary>
internal sealed class PortableAead : AeadCipher
{
    private const int TagBits = 8 * Aead.TagSize;

    private readonly AeadAlgorithm _algorithm;
    private readonly byte[] _key;

    public PortableAead(AeadAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        _algorithm = algorithm;
        _key = key.ToArray();
    }

    public override void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associated, Span<byte> sealedMessage)
    {
        IAeadCipher cipher = Start(forEncryption: true, nonce, associated);
        var output = new byte[cipher.GetOutputSize(plaintext.Length)];
        int written = cipher.ProcessBytes(plaintext, output);
        written += cipher.DoFinal(output.AsSpan(written));
        output.AsSpan(0, written).CopyTo(sealedMessage);
    }

    public override bool TryOpen(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> sealedMessage, ReadOnlySpan<byte> associated, Span<byte> plaintext)
    {
        IAeadCipher cipher = Start(forEncryption: false, nonce, associated);
        var output = new byte[Math.Max(cipher.GetOutputSize(sealedMessage.Length), sealedMessage.Length)];
        try
        {
            int written = cipher.ProcessBytes(sealedMessage, output);
            written += cipher.DoFinal(output.AsSpan(written));
            output.AsSpan(0, written).CopyTo(plaintext);
            return true;
        }
        catch (InvalidCipherTextException)
        {
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(output);
        }
    }

    public override void Dispose() => CryptographicOperations.ZeroMemory(_key);

    private IAeadCipher Start(bool forEncryption, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated)
    {
        IAeadCipher cipher = _algorithm switch
        {
            AeadAlgorithm.ChaCha20Poly1305 => new Org.BouncyCastle.Crypto.Modes.ChaCha20Poly1305(),
            AeadAlgorithm.XChaCha20Poly1305 => new XChaCha20Poly1305(),
            _ => new GcmBlockCipher(new AesEngine()),
        };
        cipher.Init(forEncryption, new AeadParameters(new KeyParameter(_key), TagBits, nonce.ToArray()));
        cipher.ProcessAadBytes(associated);
        return cipher;
    }
}
