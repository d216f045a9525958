using Microsoft.CodeAnalysis;

namespace Chain.Core.Analyzers;

/// <summary>The modules that a compilation declares, and its other types.</summary>
internal sealed class ModuleTypes
{
    private const string ModuleBase = "Chain.Core.Ledger.Module";

    private static readonly string[] Seams =
    [
        "Chain.Core.Ledger.IBlockModule",
        "Chain.Core.Ledger.IFeeModule",
        "Chain.Core.Ledger.IEvidenceModule",
        "Chain.Core.Ledger.IValidatorSource",
    ];

    private readonly HashSet<INamedTypeSymbol> _modules = new(SymbolEqualityComparer.Default);

    private ModuleTypes(IReadOnlyList<INamedTypeSymbol> declared, ISet<INamedTypeSymbol> seams)
    {
        Declared = declared;
        _modules.UnionWith(declared.Where(type => IsModule(type, seams)));
    }

    /// <summary>Every type that the compilation declares, nested ones too.</summary>
    public IReadOnlyList<INamedTypeSymbol> Declared { get; }

    /// <summary>The modules of a compilation, or null where it has none.</summary>
    public static ModuleTypes? TryFind(Compilation compilation, CancellationToken cancellation)
    {
        // Two referenced assemblies may each have a type of that name: both count.
        var seams = new HashSet<INamedTypeSymbol>(
            Seams.Append(ModuleBase).SelectMany(name => compilation.GetTypesByMetadataName(name)), SymbolEqualityComparer.Default);
        if (seams.Count == 0)
        {
            return null;
        }

        var declared = new List<INamedTypeSymbol>();
        Collect(compilation.Assembly.GlobalNamespace, declared, cancellation);
        var modules = new ModuleTypes(declared, seams);
        return modules._modules.Count > 0 ? modules : null;
    }

    /// <summary>Whether a symbol is, or is in, a module.</summary>
    public bool Contains(ISymbol symbol)
    {
        for (INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol.ContainingType; type is not null; type = type.ContainingType)
        {
            if (_modules.Contains(type.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsModule(INamedTypeSymbol type, ISet<INamedTypeSymbol> seams)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
        {
            return false;
        }

        for (INamedTypeSymbol? parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (seams.Contains(parent.OriginalDefinition))
            {
                return true;
            }
        }

        return type.AllInterfaces.Any(each => seams.Contains(each.OriginalDefinition));
    }

    private static void Collect(INamespaceOrTypeSymbol container, List<INamedTypeSymbol> into, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (ISymbol member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type)
            {
                into.Add(type);
            }

            if (member is INamespaceOrTypeSymbol inner)
            {
                Collect(inner, into, cancellation);
            }
        }
    }
}
