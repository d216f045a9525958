using Microsoft.CodeAnalysis;

namespace Chain.Core.Analyzers;

/// <summary>Names of types and members as the tables here spell them: without type arguments and arity.</summary>
internal static class SymbolNames
{
    /// <summary>As <c>System.Collections.Generic.Dictionary.KeyCollection</c>; empty for what has no name.</summary>
    public static string Of(ITypeSymbol? type)
    {
        if (type is null || type.Name.Length == 0)
        {
            return "";
        }

        string container = type.ContainingType is { } outer ? Of(outer) : Of(type.ContainingNamespace);
        return container.Length == 0 ? type.Name : $"{container}.{type.Name}";
    }

    /// <summary>As <c>System.Collections.Generic</c>; empty for the global namespace.</summary>
    public static string Of(INamespaceSymbol? space) =>
        space is null || space.IsGlobalNamespace ? ""
        : space.ContainingNamespace is { IsGlobalNamespace: false } outer ? $"{Of(outer)}.{space.Name}"
        : space.Name;

    /// <summary>A member as people write it: <c>DateTime.UtcNow</c>, <c>new Random</c>.</summary>
    public static string Shown(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor }
        ? $"new {member.ContainingType?.Name}"
        : $"{member.ContainingType?.Name}.{member.Name}";
}
