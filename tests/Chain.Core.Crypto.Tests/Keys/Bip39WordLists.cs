using System.Globalization;
using System.Text;
using Chain.Core.Testing;

namespace Chain.Core.Crypto.Tests.Keys;

/// <summary>The published list, and one of made-up words for tests that run without it.</summary>
internal static class Bip39WordLists
{
    public const string EnglishPath = "keys/bip39_wordlist_english.txt";

    public static Bip39WordList MadeUp { get; } = Parse(Encoding.UTF8.GetBytes(MadeUpText()));

    public static Bip39WordList English() => Parse(File.ReadAllBytes(Vectors.PathOf(EnglishPath)));

    public static string MadeUpText() =>
        string.Join('\n', Enumerable.Range(0, Bip39WordList.Count).Select(i => i.ToString("'w'0000", CultureInfo.InvariantCulture)));

    private static Bip39WordList Parse(byte[] bytes) =>
        Bip39WordList.TryParse(bytes, out Bip39WordList? list) ? list : throw new InvalidDataException("The list was refused.");
}
