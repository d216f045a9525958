using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>What the command line says.</summary>
/// <param name="IsBatch">Whether verify verbs go through the many-at-once path.</param>
/// <param name="Path">The instructions to use.</param>
internal sealed record AdapterOptions(bool IsBatch = false, CryptoPath Path = CryptoPath.Auto)
{
    private const string Usage = "usage: [--batch] [--path portable|avx2|avx512]";

    public static bool TryParse(
        IReadOnlyList<string> arguments, [NotNullWhen(true)] out AdapterOptions? options, [NotNullWhen(false)] out string? reason)
    {
        options = null;
        var read = new AdapterOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--batch")
            {
                read = read with { IsBatch = true };
            }
            else if (arguments[i] == "--path" && i + 1 < arguments.Count && PathOf(arguments[++i]) is { } path)
            {
                read = read with { Path = path };
            }
            else
            {
                reason = Usage;
                return false;
            }
        }

        reason = read.Path.IsSupported() ? null : $"This machine does not support {read.Path}.";
        options = reason is null ? read : null;
        return options is not null;
    }

    private static CryptoPath? PathOf(string name) => name switch
    {
        "portable" => CryptoPath.Portable,
        "avx2" => CryptoPath.Avx2,
        "avx512" => CryptoPath.Avx512,
        _ => null,
    };
}
