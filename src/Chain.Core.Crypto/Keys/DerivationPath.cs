using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Chain.Core.Crypto;

/// <summary>Which keys lie between the master key and another, as in <c>m/44'/0'/7</c> (BIP-32, SLIP-0010). Immutable.</summary>
public sealed class DerivationPath
{
    /// <summary>The bit of an index that makes a child hardened: its key cannot be derived from a public key.</summary>
    public const uint Hardened = 1u << 31;

    /// <summary>The most steps; depth is one byte where keys are written down.</summary>
    public const int MaxDepth = 255;

    private readonly uint[] _indexes;

    /// <summary>Takes a copy of the indexes, with <see cref="Hardened"/> where they are.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="MaxDepth"/>.</exception>
    public DerivationPath(params ReadOnlySpan<uint> indexes)
    {
        if (indexes.Length > MaxDepth)
        {
            throw new ArgumentException($"A path has at most {MaxDepth} steps, not {indexes.Length}.", nameof(indexes));
        }

        _indexes = indexes.ToArray();
    }

    /// <summary>One index a step; empty for the master key.</summary>
    public ReadOnlySpan<uint> Indexes => _indexes;

    /// <summary>Reads <c>m</c>, then for each step <c>/</c>, a number below 2³¹ and, where hardened, <c>'</c>, <c>h</c> or <c>H</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DerivationPath? path)
    {
        path = null;
        if (text is null || text.Length > 1 + (MaxDepth * 12) || text.Length == 0 || text[0] != 'm')
        {
            return false;
        }

        if (text.Length == 1)
        {
            path = new DerivationPath();
            return true;
        }

        string[] steps = text[1] == '/' ? text[2..].Split('/') : [];
        var indexes = new uint[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            if (!TryParseStep(steps[i], out indexes[i]))
            {
                return false;
            }
        }

        path = steps.Length is > 0 and <= MaxDepth ? new DerivationPath(indexes) : null;
        return path is not null;
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="FormatException">The text is not a path.</exception>
    public static DerivationPath Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out DerivationPath? path) ? path : throw new FormatException($"\"{text}\" is not a derivation path.");
    }

    /// <summary>The path in text, hardened steps with an apostrophe.</summary>
    public override string ToString() => string.Concat(
        _indexes.Select(index => string.Create(
            CultureInfo.InvariantCulture, $"/{index & ~Hardened}{(index >= Hardened ? "'" : "")}")).Prepend("m"));

    private static bool TryParseStep(ReadOnlySpan<char> text, out uint index)
    {
        bool hardened = text is [.., '\'' or 'h' or 'H'];
        bool isNumber = uint.TryParse(hardened ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && index < Hardened;
        index |= hardened ? Hardened : 0;
        return isNumber;
    }
}
