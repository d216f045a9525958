using Microsoft.CodeAnalysis;

namespace Chain.Core.Analyzers;

/// <summary>Which members may run where a virtual or interface member is called.</summary>
internal static class Implementations
{
    /// <summary>For each member that one of the types overrides or implements, those that do.</summary>
    public static Dictionary<ISymbol, List<ISymbol>> In(IReadOnlyList<INamedTypeSymbol> types, CancellationToken cancellation)
    {
        var found = new Dictionary<ISymbol, List<ISymbol>>(SymbolEqualityComparer.Default);
        foreach (INamedTypeSymbol type in types)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (ISymbol member in type.GetMembers())
            {
                if (Overridden(member) is { } overridden)
                {
                    Add(found, overridden, member);
                }
            }

            AddInterfaces(found, type);
        }

        return found;
    }

    private static void AddInterfaces(Dictionary<ISymbol, List<ISymbol>> found, INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface)
        {
            return;
        }

        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            // A member of another assembly's interface runs where that assembly calls it, which is not seen here.
            if (SymbolEqualityComparer.Default.Equals(implemented.ContainingAssembly, type.ContainingAssembly))
            {
                foreach (ISymbol member in implemented.GetMembers())
                {
                    if (type.FindImplementationForInterfaceMember(member) is { } implementation)
                    {
                        Add(found, member, implementation);
                    }
                }
            }
        }
    }

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };

    private static void Add(Dictionary<ISymbol, List<ISymbol>> found, ISymbol called, ISymbol runs)
    {
        ISymbol key = ReachGraph.Canonical(called);
        if (!found.TryGetValue(key, out List<ISymbol>? all))
        {
            found.Add(key, all = []);
        }

        all.Add(ReachGraph.Canonical(runs));
    }
}
