using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Chain.Core.Analyzers;

/// <summary>Collections whose order follows from hash codes.</summary>
internal static class HashCollections
{
    private static readonly ImmutableHashSet<string> Tables =
    [
        "System.Collections.Generic.Dictionary", "System.Collections.Generic.Dictionary.KeyCollection",
        "System.Collections.Generic.Dictionary.ValueCollection", "System.Collections.Generic.HashSet",
        "System.Collections.Concurrent.ConcurrentDictionary", "System.Collections.Concurrent.ConcurrentBag",
        "System.Collections.Frozen.FrozenDictionary", "System.Collections.Frozen.FrozenSet",
        "System.Collections.Immutable.ImmutableDictionary", "System.Collections.Immutable.ImmutableDictionary.Builder",
        "System.Collections.Immutable.ImmutableHashSet", "System.Collections.Immutable.ImmutableHashSet.Builder",
        "System.Collections.Hashtable", "System.Collections.Specialized.StringDictionary",
        "System.Collections.Specialized.HybridDictionary", "System.Runtime.CompilerServices.ConditionalWeakTable",
    ];

    // Nothing says what is behind them, and most often it is a hash table.
    private static readonly ImmutableHashSet<string> Unordered =
    [
        "System.Collections.Generic.IDictionary", "System.Collections.Generic.IReadOnlyDictionary", "System.Collections.IDictionary",
        "System.Collections.Generic.ISet", "System.Collections.Generic.IReadOnlySet",
        "System.Collections.Immutable.IImmutableDictionary", "System.Collections.Immutable.IImmutableSet",
    ];

    /// <summary>Whether the order of the type is that of a hash table, or may be.</summary>
    public static bool IsUnordered(ITypeSymbol? type) => type is not null && (Is(type, Tables) || Is(type, Unordered));

    /// <summary>Whether the type promises no order, so that giving a hash table away as it shows nothing.</summary>
    public static bool IsLookup(ITypeSymbol? type) => type is not null && Is(type, Unordered);

    private static bool Is(ITypeSymbol type, ImmutableHashSet<string> names)
    {
        for (ITypeSymbol? each = type; each is not null; each = each.BaseType)
        {
            if (names.Contains(SymbolNames.Of(each)))
            {
                return true;
            }
        }

        return type is ITypeParameterSymbol parameter
            && parameter.ConstraintTypes.Any(each => each is not ITypeParameterSymbol && Is(each, names));
    }
}
