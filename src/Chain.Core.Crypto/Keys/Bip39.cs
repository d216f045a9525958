using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>Entropy as words that people can write down, and the seed that wallets derive from them (BIP-39).</summary>
public static class Bip39
{
    /// <summary>Length of a seed in bytes.</summary>
    public const int SeedSize = 64;

    private const int BitsPerWord = 11;
    private const int MaxEntropySize = 32;
    private const int SeedIterations = 2048;

    /// <summary>The words for <paramref name="entropy"/>, with their checksum, one space between two.</summary>
    /// <param name="entropy">16, 20, 24, 28 or 32 random bytes; the caller brings them.</param>
    /// <param name="words">The language.</param>
    /// <exception cref="ArgumentException">The entropy has another length.</exception>
    public static string MnemonicFrom(ReadOnlySpan<byte> entropy, Bip39WordList words)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (entropy.Length is not (16 or 20 or 24 or 28 or 32))
        {
            throw new ArgumentException($"Must have 16, 20, 24, 28 or 32 bytes, not {entropy.Length}.", nameof(entropy));
        }

        Span<byte> bits = stackalloc byte[MaxEntropySize + 1];
        entropy.CopyTo(bits);
        bits[entropy.Length] = ChecksumOf(entropy);
        var chosen = new string[entropy.Length * 3 / 4];
        for (int i = 0; i < chosen.Length; i++)
        {
            chosen[i] = words[ReadBits(bits, i * BitsPerWord)];
        }

        CryptographicOperations.ZeroMemory(bits);
        return string.Join(' ', chosen);
    }

    /// <summary>Reads the entropy back.</summary>
    /// <param name="mnemonic">The words, one space between two; any Unicode normalisation.</param>
    /// <param name="words">The language.</param>
    /// <param name="entropy">16 to 32 bytes, which the caller wipes after use; empty where the mnemonic is not valid.</param>
    /// <exception cref="ArgumentException">The text holds half a surrogate pair or U+FFFE.</exception>
    /// <exception cref="PlatformNotSupportedException">The text is not ASCII and the process runs without Unicode data.</exception>
    public static MnemonicStatus ReadEntropy(ReadOnlySpan<char> mnemonic, Bip39WordList words, out byte[] entropy)
    {
        ArgumentNullException.ThrowIfNull(words);
        entropy = [];
        char[] text = System.Text.Ascii.IsValid(mnemonic) ? mnemonic.ToArray() : NormalizedText.Decompose(mnemonic);
        Span<byte> bits = stackalloc byte[MaxEntropySize + 1];
        bits.Clear();
        MnemonicStatus status = ReadWords(text, words, bits, out int size);
        if (status == MnemonicStatus.Valid)
        {
            entropy = bits[..size].ToArray();
        }

        NormalizedText.Wipe(text);
        CryptographicOperations.ZeroMemory(bits);
        return status;
    }

    /// <summary>Derives the 64-byte seed. The words are not checked: any text is a mnemonic here, as the BIP has it.</summary>
    /// <param name="mnemonic">The words, one space between two; any Unicode normalisation.</param>
    /// <param name="passphrase">A further secret; may be empty. Every passphrase gives a seed of its own.</param>
    /// <param name="seed">Takes 64 bytes, which the caller wipes after use.</param>
    /// <exception cref="ArgumentException"><paramref name="seed"/> has another length, or a text holds half a surrogate pair or U+FFFE.</exception>
    /// <exception cref="PlatformNotSupportedException">A text is not ASCII and the process runs without Unicode data.</exception>
    public static void SeedFrom(ReadOnlySpan<char> mnemonic, ReadOnlySpan<char> passphrase, Span<byte> seed)
    {
        Sizes.Require(seed.Length, SeedSize, nameof(seed));
        byte[] password = NormalizedText.ToUtf8(mnemonic);
        byte[] suffix = NormalizedText.ToUtf8(passphrase);
        byte[] salt = [.. "mnemonic"u8, .. suffix];
        Rfc2898DeriveBytes.Pbkdf2(password, salt, seed, SeedIterations, HashAlgorithmName.SHA512);
        CryptographicOperations.ZeroMemory(password);
        CryptographicOperations.ZeroMemory(suffix);
        CryptographicOperations.ZeroMemory(salt);
    }

    private static MnemonicStatus ReadWords(ReadOnlySpan<char> text, Bip39WordList words, Span<byte> bits, out int entropySize)
    {
        int count = text.Count(' ') + 1;
        entropySize = count * 4 / 3;
        if (count is not (12 or 15 or 18 or 21 or 24))
        {
            return MnemonicStatus.BadLength;
        }

        int position = 0;
        foreach (Range word in text.Split(' '))
        {
            if (!words.TryIndexOf(text[word], out int index))
            {
                return MnemonicStatus.UnknownWord;
            }

            WriteBits(bits, position, index);
            position += BitsPerWord;
        }

        return bits[entropySize] == ChecksumOf(bits[..entropySize]) ? MnemonicStatus.Valid : MnemonicStatus.BadChecksum;
    }

    /// <summary>One bit of checksum for 32 of entropy, at the top of a byte whose other bits are zero.</summary>
    private static byte ChecksumOf(ReadOnlySpan<byte> entropy)
    {
        Hash256 digest = Sha256.Hash(entropy);
        int unused = 8 - (entropy.Length / 4);
        return (byte)(Hash256.AsSpan(in digest)[0] >> unused << unused);
    }

    private static int ReadBits(ReadOnlySpan<byte> bits, int position)
    {
        int value = 0;
        for (int i = position; i < position + BitsPerWord; i++)
        {
            value = (value << 1) | ((bits[i / 8] >> (7 - (i % 8))) & 1);
        }

        return value;
    }

    private static void WriteBits(Span<byte> bits, int position, int value)
    {
        for (int i = 0; i < BitsPerWord; i++)
        {
            int bit = (value >> (BitsPerWord - 1 - i)) & 1;
            bits[(position + i) / 8] |= (byte)(bit << (7 - ((position + i) % 8)));
        }
    }
}
