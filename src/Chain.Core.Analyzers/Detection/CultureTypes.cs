using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Chain.Core.Analyzers;

/// <summary>Which types follow a culture when they become text, or are read from it.</summary>
internal static class CultureTypes
{
    private static readonly ImmutableHashSet<string> Formatted =
    [
        "System.SByte", "System.Int16", "System.Int32", "System.Int64", "System.IntPtr", "System.Int128", "System.Single",
        "System.Double", "System.Half", "System.Decimal", "System.Numerics.BigInteger", "System.DateTime", "System.DateTimeOffset",
        "System.DateOnly", "System.TimeOnly",
    ];

    // Without a sign, and spans of time, follow a culture only with a format.
    private static readonly ImmutableHashSet<string> FormattedOnDemand =
        ["System.Byte", "System.UInt16", "System.UInt32", "System.UInt64", "System.UIntPtr", "System.UInt128", "System.TimeSpan"];

    /// <summary>Whether its text follows the culture: the sign of a negative number, the order of a date.</summary>
    public static bool FollowsCulture(ITypeSymbol? type, bool hasFormat) =>
        SymbolNames.Of(Underlying(type)) is { Length: > 0 } name
        && (Formatted.Contains(name) || (hasFormat && FormattedOnDemand.Contains(name)));

    /// <summary>Whether reading it from text follows the culture.</summary>
    public static bool IsParsed(ITypeSymbol? type) => FollowsCulture(type, hasFormat: true);

    private static ITypeSymbol? Underlying(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } ? inner
        : type?.TypeKind == TypeKind.Enum ? null
        : type;
}
