using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Chain.Core.Crypto;

/// <summary>
/// A handshake pattern with its primitives, by its Noise name (revision 34, §8), for example
/// <c>Noise_XX_25519_ChaChaPoly_SHA256</c>.
/// </summary>
/// <remarks>
/// Every pattern of the specification, with pre-shared keys or without; 25519; ChaChaPoly or AESGCM; SHA256, SHA512, BLAKE2s
/// or BLAKE2b. Not there: 448, fallback.
/// </remarks>
public sealed class NoiseProtocol
{
    /// <summary>Length of every pre-shared key in bytes (§9.1).</summary>
    public const int PresharedKeySize = 32;

    private const string Prefix = "Noise";
    private const string Agreement = "25519";
    private const string UsualSuite = "_25519_ChaChaPoly_SHA256";
    private const string PskModifier = "psk";
    private const int LongestName = 64;

    private NoiseProtocol(
        string name,
        AeadAlgorithm cipher,
        NoiseHash hash,
        bool initiatorIsKnown,
        bool responderIsKnown,
        ImmutableArray<ImmutableArray<NoiseToken>> messages)
    {
        Name = name;
        Cipher = cipher;
        Hash = hash;
        InitiatorIsKnown = initiatorIsKnown;
        ResponderIsKnown = responderIsKnown;
        Messages = messages;
        foreach (ImmutableArray<NoiseToken> message in messages)
        {
            foreach (NoiseToken token in message)
            {
                PresharedKeyCount += token == NoiseToken.Psk ? 1 : 0;
            }
        }
    }

    /// <summary>Both sides send their static keys, encrypted: for peers that do not know each other.</summary>
    public static NoiseProtocol XX { get; } = Parse("Noise_XX" + UsualSuite);

    /// <summary>The initiator knows the responder's static key: one round trip, and a payload in the first message.</summary>
    public static NoiseProtocol IK { get; } = Parse("Noise_IK" + UsualSuite);

    /// <summary>The whole name; both sides hash it into the handshake.</summary>
    public string Name { get; }

    /// <summary>How many messages the handshake has.</summary>
    public int MessageCount => Messages.Length;

    /// <summary>Whether only the initiator may send after the handshake (§7.4).</summary>
    public bool IsOneWay => Messages.Length == 1;

    /// <summary>How many pre-shared keys of 32 bytes it takes (§9).</summary>
    public int PresharedKeyCount { get; }

    /// <summary>What encrypts.</summary>
    internal AeadAlgorithm Cipher { get; }

    /// <summary>What hashes, and derives keys.</summary>
    internal NoiseHash Hash { get; }

    /// <summary>Whether the responder knows the initiator's static key beforehand.</summary>
    internal bool InitiatorIsKnown { get; }

    /// <summary>Whether the initiator knows the responder's static key beforehand.</summary>
    internal bool ResponderIsKnown { get; }

    /// <summary>The tokens of each message; the initiator writes those with an even index.</summary>
    internal ImmutableArray<ImmutableArray<NoiseToken>> Messages { get; }

    /// <summary>Finds the protocol of a Noise name; false for other primitives, patterns and modifiers.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, [NotNullWhen(true)] out NoiseProtocol? protocol)
    {
        protocol = null;
        string[] parts = name is null or { Length: > LongestName } ? [] : name.Split('_');
        if (parts.Length != 5 || parts[0] != Prefix || parts[2] != Agreement
            || !TryFindCipher(parts[3], out AeadAlgorithm cipher) || NoiseHash.Find(parts[4]) is not { } hash)
        {
            return false;
        }

        string pattern = parts[1];
        int modifierAt = pattern.IndexOf(PskModifier, StringComparison.Ordinal);
        string modifiers = modifierAt < 0 ? "" : pattern[modifierAt..];
        if (!NoisePatterns.TryFind(pattern[..(pattern.Length - modifiers.Length)], out string notation))
        {
            return false;
        }

        List<ImmutableArray<NoiseToken>> messages = Read(notation, out bool initiatorIsKnown, out bool responderIsKnown);
        if (!TryAddPresharedKeys(modifiers, messages))
        {
            return false;
        }

        protocol = new NoiseProtocol(name!, cipher, hash, initiatorIsKnown, responderIsKnown, [.. messages]);
        return true;
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="FormatException">The name is not supported.</exception>
    public static NoiseProtocol Parse(string name) =>
        TryParse(name, out NoiseProtocol? protocol)
            ? protocol
            : throw new FormatException("Not the name of a Noise protocol, or of one with other primitives or modifiers.");

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Whether <paramref name="role"/> needs a static key of its own.</summary>
    public bool NeedsStaticKey(NoiseRole role)
    {
        bool known = role == NoiseRole.Initiator ? InitiatorIsKnown : ResponderIsKnown;
        for (int i = role == NoiseRole.Initiator ? 0 : 1; i < Messages.Length; i += 2)
        {
            known |= Messages[i].Contains(NoiseToken.S);
        }

        return known;
    }

    /// <summary>Whether <paramref name="role"/> knows the peer's static key beforehand.</summary>
    public bool NeedsRemoteStaticKey(NoiseRole role) => role == NoiseRole.Initiator ? ResponderIsKnown : InitiatorIsKnown;

    private static bool TryFindCipher(string name, out AeadAlgorithm algorithm)
    {
        algorithm = name == "AESGCM" ? AeadAlgorithm.Aes256Gcm : AeadAlgorithm.ChaCha20Poly1305;
        return name is "AESGCM" or "ChaChaPoly";
    }

    private static List<ImmutableArray<NoiseToken>> Read(string notation, out bool initiatorIsKnown, out bool responderIsKnown)
    {
        string[] parts = notation.Split("...");
        string known = parts.Length == 2 ? parts[0] : "";
        initiatorIsKnown = known.Contains('>', StringComparison.Ordinal);
        responderIsKnown = known.Contains('<', StringComparison.Ordinal);

        List<ImmutableArray<NoiseToken>> messages = [];
        foreach (string word in parts[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is ">" or "<")
            {
                messages.Add([]);
            }
            else
            {
                messages[^1] = messages[^1].Add(Enum.Parse<NoiseToken>(word, ignoreCase: true));
            }
        }

        return messages;
    }

    /// <summary>psk0 stands before the first message's tokens, pskN after those of message N (§9.4).</summary>
    private static bool TryAddPresharedKeys(string modifiers, List<ImmutableArray<NoiseToken>> messages)
    {
        int last = -1;
        foreach (string modifier in modifiers.Split('+', StringSplitOptions.RemoveEmptyEntries))
        {
            int position = modifier.Length == PskModifier.Length + 1 && modifier.StartsWith(PskModifier, StringComparison.Ordinal)
                ? modifier[^1] - '0'
                : -1;
            if (position <= last || position > messages.Count)
            {
                return false;
            }

            last = position;
            int message = Math.Max(position, 1) - 1;
            messages[message] = messages[message].Insert(position == 0 ? 0 : messages[message].Length, NoiseToken.Psk);
        }

        return true;
    }
}
