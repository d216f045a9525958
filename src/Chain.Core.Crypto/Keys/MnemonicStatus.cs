namespace Chain.Core.Crypto;

/// <summary>Whether a mnemonic is one, and why not.</summary>
public enum MnemonicStatus
{
    /// <summary>The words and their checksum are right.</summary>
    Valid = 0,

    /// <summary>There are not 12, 15, 18, 21 or 24 words with one space between them.</summary>
    BadLength = 1,

    /// <summary>A word is not in the list.</summary>
    UnknownWord = 2,

    /// <summary>The checksum differs: a word is wrong, or two changed places.</summary>
    BadChecksum = 3,
}
