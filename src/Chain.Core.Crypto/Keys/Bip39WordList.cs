using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Chain.Core.Crypto;

/// <summary>
/// The 2048 words of one language (BIP-39). The lists are published with the BIP and are not part of this package:
/// the application brings the file. Immutable.
/// </summary>
public sealed class Bip39WordList
{
    /// <summary>How many words a list has: 11 bits each.</summary>
    public const int Count = 2048;

    private const int MaxFileSize = 1 << 16;
    private const char NoCharacter = '\ufffe'; // the one valid UTF-8 that normalisation refuses
    private const string EnglishDigest = "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda";

    private readonly string[] _words;
    private readonly FrozenDictionary<string, int> _indexes;

    private Bip39WordList(string[] words, bool isEnglish)
    {
        _words = words;
        _indexes = words.Select((word, index) => KeyValuePair.Create(word, index)).ToFrozenDictionary(StringComparer.Ordinal);
        IsEnglish = isEnglish;
    }

    /// <summary>Whether the file was, byte for byte, the published English list.</summary>
    public bool IsEnglish { get; }

    /// <summary>The word for 11 bits, in NFKD.</summary>
    public string this[int index] => _words[index];

    /// <summary>Reads a list as it is published: UTF-8, one word a line.</summary>
    /// <returns>False where there are not 2048 different words, or a word is empty or holds a space.</returns>
    /// <exception cref="PlatformNotSupportedException">The words are not ASCII and the process runs without Unicode data.</exception>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Bip39WordList? list)
    {
        list = null;
        if (utf8.Length > MaxFileSize || !Utf8.IsValid(utf8))
        {
            return false;
        }

        string text = Encoding.UTF8.GetString(utf8);
        string[] words = text.TrimEnd('\r', '\n').Split('\n');
        if (words.Length != Count || text.Contains(NoCharacter))
        {
            return false;
        }

        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i].TrimEnd('\r');
            words[i] = Ascii.IsValid(word) ? word : new string(NormalizedText.Decompose(word));
        }

        if (words.Any(word => word.Length == 0 || word.Any(char.IsWhiteSpace))
            || words.Distinct(StringComparer.Ordinal).Count() != Count)
        {
            return false;
        }

        list = new Bip39WordList(words, Sha256.Hash(utf8) == Hash256.Parse(EnglishDigest));
        return true;
    }

    internal bool TryIndexOf(ReadOnlySpan<char> word, out int index) =>
        _indexes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out index);
}
