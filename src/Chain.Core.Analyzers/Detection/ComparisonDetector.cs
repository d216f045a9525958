using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Chain.Core.Analyzers;

/// <summary>Strings that are compared, sorted or changed in case by the rules of a language.</summary>
internal sealed class ComparisonDetector : IDetector
{
    private const string Comparison = "System.StringComparison";
    private const string CultureInfo = "System.Globalization.CultureInfo";
    private const string PassOrdinal = "pass StringComparison.Ordinal";
    private const string PassComparer = "pass StringComparer.Ordinal: strings are sorted by language otherwise";

    private static readonly Repair OrdinalArgument = new(Repair.Argument, "System.StringComparison.Ordinal");
    private static readonly Repair ComparerArgument = new(Repair.Argument, "System.StringComparer.Ordinal");

    private static readonly ImmutableHashSet<string> Sorting =
        ["OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Order", "OrderDescending", "MinBy", "MaxBy", "Min", "Max"];

    private static readonly ImmutableHashSet<string> SortedCollections =
    [
        "System.Collections.Generic.SortedDictionary", "System.Collections.Generic.SortedSet", "System.Collections.Generic.SortedList",
        "System.Collections.Generic.PriorityQueue",
    ];

    public ImmutableArray<OperationKind> Kinds { get; } =
        [OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.PropertyReference];

    public Finding? Find(IOperation operation, ISymbol owner, ModuleTypes modules) => operation switch
    {
        IInvocationOperation invocation => OnString(invocation) ?? OnCase(invocation) ?? OnSorting(invocation),
        IObjectCreationOperation creation => OnCollection(creation),
        IPropertyReferenceOperation { Property.Name: "Default" } reference
            when SymbolNames.Of(reference.Property.ContainingType) == "System.Collections.Generic.Comparer"
                && IsString(reference.Property.ContainingType.TypeArguments.FirstOrDefault()) =>
            Culture(reference, "use StringComparer.Ordinal", new Repair(Repair.Replace, "System.StringComparer.Ordinal")),
        _ => null,
    };

    private static Finding? OnString(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (method.ContainingType?.SpecialType != SpecialType.System_String || invocation.Arguments.HasArgument(Comparison))
        {
            return null;
        }

        bool takesString = method.Parameters is [{ Type.SpecialType: SpecialType.System_String }, ..];
        return method.Name switch
        {
            "CompareTo" => Culture(invocation, "use string.CompareOrdinal", null),
            "Compare" => Culture(invocation, PassOrdinal, invocation.Arguments.Length == 2 ? OrdinalArgument : null),
            "StartsWith" or "EndsWith" or "IndexOf" or "LastIndexOf" when takesString =>
                Culture(invocation, PassOrdinal, invocation.Arguments.HasArgument(CultureInfo) ? null : OrdinalArgument),
            _ => null,
        };
    }

    private static Finding? OnCase(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        return method.Name is "ToUpper" or "ToLower"
            && method.ContainingType?.SpecialType is SpecialType.System_String or SpecialType.System_Char
            && !invocation.Arguments.HasArgument(CultureInfo)
                ? Culture(invocation, $"use {method.Name}Invariant", new Repair(Repair.Rename, method.Name + "Invariant"))
                : null;
    }

    private static Finding? OnSorting(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (invocation.Arguments.HasArgument("System.Collections.Generic.IComparer", "System.Comparison", "System.Collections.IComparer"))
        {
            return null;
        }

        bool sorts = method.Name is "Sort" or "BinarySearch";
        return SymbolNames.Of(method.ContainingType) switch
        {
            // Min and Max of a selector take no comparer.
            "System.Linq.Enumerable" when Sorting.Contains(method.Name) && IsString(method.TypeArguments.LastOrDefault()) =>
                Culture(invocation, PassComparer, method is { Name: "Min" or "Max", TypeArguments.Length: > 1 } ? null : ComparerArgument),
            "System.Collections.Generic.List" when sorts && IsString(method.ContainingType.TypeArguments[0]) =>
                Culture(invocation, PassComparer, invocation.Arguments.Length < 2 ? ComparerArgument : null),
            "System.Array" or "System.MemoryExtensions" when sorts && IsString(method.TypeArguments.FirstOrDefault()) =>
                Culture(invocation, PassComparer, ComparerArgument),
            _ => null,
        };
    }

    private static Finding? OnCollection(IObjectCreationOperation creation) =>
        creation.Type is INamedTypeSymbol { TypeArguments: [var key, ..] } type
        && SortedCollections.Contains(SymbolNames.Of(type))
        && IsString(type.Name == "PriorityQueue" ? type.TypeArguments[type.TypeArguments.Length - 1] : key)
        && !creation.Arguments.HasArgument("System.Collections.Generic.IComparer")
            ? Culture(creation, PassComparer, ComparerArgument)
            : null;

    private static Finding Culture(IOperation operation, string instead, Repair? repair) =>
        new(StateTransitionRules.Culture, operation.Syntax, operation.Shown(), instead, repair);

    private static bool IsString(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_String;
}
