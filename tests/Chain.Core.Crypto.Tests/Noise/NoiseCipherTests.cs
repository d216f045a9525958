namespace Chain.Core.Crypto.Tests.Noise;

[Trait("Fault", "6")]
public sealed class NoiseCipherTests
{
    private static readonly byte[] Key = NoisePair.Seed(6);
    private static readonly byte[] Plaintext = "a vote"u8.ToArray();

    [Fact]
    public void TryEncrypt_LastNumber_IsTheOneBeforeTheReserved()
    {
        using var sending = new NoiseCipher(AeadAlgorithm.ChaCha20Poly1305, Key, ulong.MaxValue - 1);
        using var receiving = new NoiseCipher(AeadAlgorithm.ChaCha20Poly1305, Key, ulong.MaxValue - 1);
        var message = new byte[Plaintext.Length + NoiseCipher.TagSize];

        Assert.True(sending.TryEncrypt(Plaintext, message, out _));
        Assert.True(receiving.TryDecrypt(message, new byte[Plaintext.Length], out _));
        Assert.True(sending.IsExhausted && receiving.IsExhausted);

        Assert.False(sending.TryEncrypt(Plaintext, message, out int written));
        Assert.Equal(0, written);
        Assert.False(receiving.TryDecrypt(message, new byte[Plaintext.Length], out _));
        Assert.Equal(ulong.MaxValue, sending.Nonce);
    }

    [Fact]
    public void TryDecrypt_AtTheEnd_RefusesEvenAMessageUnderTheReservedNumber()
    {
        using var receiving = new NoiseCipher(AeadAlgorithm.ChaCha20Poly1305, Key, ulong.MaxValue);
        using var aead = new Aead(AeadAlgorithm.ChaCha20Poly1305, Key);
        byte[] nonce = [0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255];
        var message = new byte[Plaintext.Length + NoiseCipher.TagSize];
        aead.Seal(nonce, Plaintext, default, message);

        Assert.False(receiving.TryDecrypt(message, new byte[Plaintext.Length], out _));
    }

    [Fact] // Noise revision 34, §4.2: the first 32 bytes of ENCRYPT(k, 2⁶⁴−1, empty, 32 zeros)
    public void Rekey_Always_GivesTheKeyOfTheSpecification()
    {
        using var aead = new Aead(AeadAlgorithm.ChaCha20Poly1305, Key);
        var expected = new byte[48];
        aead.Seal([0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255], new byte[32], default, expected);
        using var reference = new NoiseCipher(AeadAlgorithm.ChaCha20Poly1305, expected.AsSpan(0, 32));
        using var sending = new NoiseCipher(AeadAlgorithm.ChaCha20Poly1305, Key);
        var message = new byte[Plaintext.Length + NoiseCipher.TagSize];

        sending.Rekey();
        Assert.True(sending.TryEncrypt(Plaintext, message, out _));
        Assert.True(reference.TryDecrypt(message, new byte[Plaintext.Length], out _));
    }

    [Fact]
    public void Rekey_OneSideOnly_CutsTheChannel()
    {
        using var sending = new NoiseCipher(AeadAlgorithm.ChaCha20Poly1305, Key);
        using var receiving = new NoiseCipher(AeadAlgorithm.ChaCha20Poly1305, Key);
        var message = new byte[Plaintext.Length + NoiseCipher.TagSize];

        sending.Rekey();
        Assert.True(sending.TryEncrypt(Plaintext, message, out _));
        Assert.False(receiving.TryDecrypt(message, new byte[Plaintext.Length], out _));
        receiving.Rekey();
        Assert.True(receiving.TryDecrypt(message, new byte[Plaintext.Length], out int written));
        Assert.Equal(Plaintext.Length, written);
    }

    [Fact]
    public void TryDecrypt_EveryBitFlipped_IsRefusedAndTheCounterStays()
    {
        using var sending = new NoiseCipher(AeadAlgorithm.ChaCha20Poly1305, Key);
        using var receiving = new NoiseCipher(AeadAlgorithm.ChaCha20Poly1305, Key);
        var message = new byte[Plaintext.Length + NoiseCipher.TagSize];
        Assert.True(sending.TryEncrypt(Plaintext, message, out _));

        for (int bit = 0; bit < 8 * message.Length; bit++)
        {
            message[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(receiving.TryDecrypt(message, new byte[Plaintext.Length], out _));
            message[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal(0UL, receiving.Nonce);
        Assert.True(receiving.TryDecrypt(message, new byte[Plaintext.Length], out _));
    }

    [Fact]
    public void TryDecrypt_ReplayedOrReordered_IsRefused()
    {
        using var sending = new NoiseCipher(AeadAlgorithm.ChaCha20Poly1305, Key);
        using var receiving = new NoiseCipher(AeadAlgorithm.ChaCha20Poly1305, Key);
        var first = new byte[Plaintext.Length + NoiseCipher.TagSize];
        var second = new byte[Plaintext.Length + NoiseCipher.TagSize];
        Assert.True(sending.TryEncrypt(Plaintext, first, out _));
        Assert.True(sending.TryEncrypt(Plaintext, second, out _));

        Assert.False(receiving.TryDecrypt(second, new byte[Plaintext.Length], out _));
        Assert.True(receiving.TryDecrypt(first, new byte[Plaintext.Length], out _));
        Assert.False(receiving.TryDecrypt(first, new byte[Plaintext.Length], out _));
    }

    [Fact]
    public void TryDecrypt_OwnMessageReflected_IsRefused()
    {
        using NoisePair pair = new(NoiseProtocol.XX);
        Assert.True(pair.Run([]));
        using NoiseTransport alice = pair.Alice.Split();
        var message = new byte[Plaintext.Length + NoiseCipher.TagSize];
        Assert.True(alice.Sending.TryEncrypt(Plaintext, message, out _));
        Assert.False(alice.Receiving.TryDecrypt(message, new byte[Plaintext.Length], out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(65_536)]
    public void TryDecrypt_ImpossibleLength_IsRefused(int length)
    {
        using var receiving = new NoiseCipher(AeadAlgorithm.ChaCha20Poly1305, Key);
        Assert.False(receiving.TryDecrypt(new byte[length], new byte[70_000], out int written));
        Assert.Equal(0, written);
    }

    [Fact]
    public void TryEncrypt_LongestMessage_Fits()
    {
        using var sending = new NoiseCipher(AeadAlgorithm.ChaCha20Poly1305, Key);
        Assert.Throws<ArgumentException>(() => sending.TryEncrypt(new byte[65_520], new byte[70_000], out _));
        Assert.True(sending.TryEncrypt(new byte[65_519], new byte[65_535], out int written));
        Assert.Equal(65_535, written);
        Assert.Throws<ArgumentException>(() => sending.TryEncrypt(Plaintext, new byte[Plaintext.Length + 15], out _));
    }
}
