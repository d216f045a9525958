using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Chain.Core.Analyzers;

/// <summary>Enumerations of hash tables whose order shows, and hash codes.</summary>
internal sealed class HashOrderDetector : IDetector
{
    private const string Sorted = "enumerate it in an order of its own, with OrderBy, or use SortedDictionary or SortedSet";
    private const string Hashed = "compute a hash of the bytes, for example with HashDomain";

    // The same for every order of what they take.
    private static readonly ImmutableHashSet<string> Orderless =
    [
        "Order", "OrderDescending", "OrderBy", "OrderByDescending", "Count", "LongCount", "TryGetNonEnumeratedCount", "Any", "All",
        "Contains", "Sum", "Min", "Max", "ToHashSet", "ToDictionary", "ToFrozenSet", "ToFrozenDictionary", "ToImmutableHashSet",
        "ToImmutableDictionary", "ToImmutableSortedSet", "ToImmutableSortedDictionary", "SetEquals", "IsSubsetOf", "IsSupersetOf",
        "IsProperSubsetOf", "IsProperSupersetOf", "Overlaps", "UnionWith", "ExceptWith", "IntersectWith", "SymmetricExceptWith",
        "ContainsKey", "TryGetValue",
    ];

    // Whose result has the order of what they take.
    private static readonly ImmutableHashSet<string> Streaming =
    [
        "Where", "Select", "SelectMany", "OfType", "Cast", "Distinct", "DistinctBy", "Concat", "Union", "Except", "Intersect",
        "AsEnumerable", "Append", "Prepend",
    ];

    private static readonly ImmutableHashSet<string> SortingConstructors =
    [
        "System.Collections.Generic.SortedDictionary", "System.Collections.Generic.SortedSet", "System.Collections.Generic.SortedList",
        "System.Collections.Generic.Dictionary", "System.Collections.Generic.HashSet",
    ];

    public ImmutableArray<OperationKind> Kinds { get; } =
        [OperationKind.Loop, OperationKind.Conversion, OperationKind.Invocation, OperationKind.Spread];

    public Finding? Find(IOperation operation, ISymbol owner, ModuleTypes modules) => operation switch
    {
        IForEachLoopOperation loop => Enumerated(loop.Collection.Unconverted()),
        ISpreadOperation spread => Enumerated(spread.Operand.Unconverted()),
        IConversionOperation conversion => OnConversion(conversion),
        IInvocationOperation invocation => OnInvocation(invocation, owner),
        _ => null,
    };

    private static Finding? Enumerated(IOperation collection) => HashCollections.IsUnordered(collection.Type)
        ? new Finding(StateTransitionRules.HashOrder, collection.Syntax, collection.Shown(), Sorted, RepairOf(collection.Type!))
        : null;

    /// <summary>A hash table that is handed over as a sequence, to LINQ most often.</summary>
    private static Finding? OnConversion(IConversionOperation conversion)
    {
        if (!HashCollections.IsUnordered(conversion.Operand.Type)
            || conversion.Type is not { TypeKind: TypeKind.Interface } target
            || HashCollections.IsLookup(target)
            || SymbolNames.Of(target.ContainingNamespace) is not ("System.Collections" or "System.Collections.Generic")
            || conversion.Parent is IForEachLoopOperation or ISpreadOperation or IConversionOperation
            || IsOrderless(conversion))
        {
            return null;
        }

        IOperation collection = conversion.Operand;
        return new Finding(StateTransitionRules.HashOrder, collection.Syntax, collection.Shown(), Sorted, RepairOf(collection.Type!));
    }

    /// <summary>Whether what takes the sequence is the same for every order.</summary>
    private static bool IsOrderless(IOperation sequence)
    {
        for (IOperation? outer = sequence.Parent; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case IInvocationOperation call when Orderless.Contains(call.TargetMethod.Name):
                    return true;
                case IObjectCreationOperation creation when SortingConstructors.Contains(SymbolNames.Of(creation.Type)):
                    return true;
                case IInvocationOperation call when Streaming.Contains(call.TargetMethod.Name):
                case IArgumentOperation or IConversionOperation:
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    private static Finding? OnInvocation(IInvocationOperation invocation, ISymbol owner)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (method.Name == nameof(GetHashCode) && owner.Name != nameof(GetHashCode) && !IsExactHash(invocation))
        {
            return new Finding(StateTransitionRules.HashOrder, invocation.Syntax, invocation.Shown(), Hashed);
        }

        bool copies = method.Name is "GetEnumerator" or "CopyTo" or "ToArray" && invocation.Instance is { } collection
            && HashCollections.IsUnordered(collection.Type);
        return copies
            ? new Finding(StateTransitionRules.HashOrder, invocation.Syntax, invocation.Shown(), Sorted)
            : null;
    }

    /// <summary>Hash codes of integers are the integers.</summary>
    private static bool IsExactHash(IInvocationOperation invocation) =>
        invocation.Instance?.Type?.SpecialType is (>= SpecialType.System_Boolean and <= SpecialType.System_UInt64)
        || ForbiddenMembers.Find(invocation.TargetMethod) is not null; // said already

    private static Repair? RepairOf(ITypeSymbol collection)
    {
        ITypeSymbol? element = collection.AllInterfaces.Append(collection)
            .OfType<INamedTypeSymbol>()
            .FirstOrDefault(static each => each.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            ?.TypeArguments[0];
        if (element is INamedTypeSymbol { Name: "KeyValuePair", TypeArguments: [var key, _] })
        {
            return IsOrdered(key) ? new Repair(Repair.SortPairs, OrderOf(key)) : null;
        }

        return element is not null && IsOrdered(element) ? new Repair(Repair.Sort, OrderOf(element)) : null;
    }

    private static bool IsOrdered(ITypeSymbol type) => type.AllInterfaces.Any(static each => SymbolNames.Of(each) == "System.IComparable");

    private static string OrderOf(ITypeSymbol type) => type.SpecialType == SpecialType.System_String ? "System.StringComparer.Ordinal" : "";
}
