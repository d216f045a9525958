namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>The rules of pure assemblies; each answers with its violations, one line each.</summary>
internal static class PurityRules
{
    private static readonly HashSet<string> MutableTypes =
    [
        "System.Collections.Generic.Dictionary",
        "System.Collections.Generic.HashSet",
        "System.Collections.Generic.List",
        "System.Collections.Generic.LinkedList",
        "System.Collections.Generic.PriorityQueue",
        "System.Collections.Generic.Queue",
        "System.Collections.Generic.SortedDictionary",
        "System.Collections.Generic.SortedList",
        "System.Collections.Generic.SortedSet",
        "System.Collections.Generic.Stack",
        "System.Text.StringBuilder",
    ];

    public static IEnumerable<string> ExternalsNotAllowed(AssemblyScan assembly, AllowList allowed) =>
        assembly.Uses.Where(use => !allowed.Allows(assembly.Name, use))
            .Select(use => use.IsFloating ? $"{use} (floating point)" : use.ToString());

    public static IEnumerable<string> FloatingPoint(AssemblyScan assembly, AllowList allowed) =>
        allowed.AllowsFloatingPoint(assembly.Name) ? [] : assembly.FloatingMethods;

    public static IEnumerable<string> MutableStatics(AssemblyScan assembly) => assembly.StaticFields
        .Where(field => !field.IsReadOnly || MutableTypes.Contains(field.Type))
        .Select(field => $"{field.Name} of type {field.Type}");

    /// <summary>Enumerations of hash collections, by name or through what takes any sequence, as <c>method: member</c>.</summary>
    public static IEnumerable<string> HashEnumerations(AssemblyScan assembly) => assembly.Calls
        .Where(HashCollections.AreEnumeratedBy)
        .Select(call => $"{call.Site}: {call.Name}")
        .Concat(assembly.HashHandovers);
}
