using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Chain.Core.Analyzers;

/// <summary>
/// Who calls whom within one compilation, and what was found where. A call of a virtual or interface member that the
/// compilation declares reaches all its implementations there. Filled by many threads, judged once.
/// </summary>
internal sealed class ReachGraph(IAssemblySymbol assembly)
{
    private readonly ConcurrentDictionary<ISymbol, ConcurrentDictionary<ISymbol, bool>> _references = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ConcurrentBag<Finding>> _findings = new(SymbolEqualityComparer.Default);

    /// <summary>The member that code belongs to: its definition, without type arguments; lambdas belong to what is around them.</summary>
    public static ISymbol Canonical(ISymbol symbol)
    {
        while (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction } inner
            && inner.ContainingSymbol is { } outer)
        {
            symbol = outer;
        }

        return symbol switch
        {
            IMethodSymbol method => Definition(method),
            IPropertySymbol property => (property.PartialDefinitionPart ?? property).OriginalDefinition,
            _ => symbol.OriginalDefinition,
        };
    }

    public void AddReferences(ISymbol owner, IOperation operation)
    {
        foreach (ISymbol referenced in References.Of(operation))
        {
            if (SymbolEqualityComparer.Default.Equals(referenced.ContainingAssembly, assembly))
            {
                _references.GetOrAdd(owner, NewReferences)[Canonical(referenced)] = true;
            }
        }
    }

    public void AddFinding(ISymbol owner, Finding finding) => _findings.GetOrAdd(owner, static _ => []).Add(finding);

    /// <summary>What was found in code that a module reaches.</summary>
    public IEnumerable<Diagnostic> Judge(ModuleTypes modules, CancellationToken cancellation)
    {
        if (_findings.IsEmpty)
        {
            yield break;
        }

        Dictionary<ISymbol, ISymbol> reachedFrom = Walk(modules, cancellation);
        foreach (KeyValuePair<ISymbol, ConcurrentBag<Finding>> found in _findings)
        {
            if (reachedFrom.TryGetValue(found.Key, out ISymbol? root))
            {
                foreach (Finding finding in found.Value)
                {
                    yield return finding.ToReachedDiagnostic($"{root.ContainingType?.Name}.{NameOf(root)}");
                }
            }
        }
    }

    private static string NameOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } => "the constructor",
        IMethodSymbol { AssociatedSymbol: { } property } => property.Name,
        _ => symbol.Name,
    };

    private static ISymbol Definition(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return method.PartialDefinitionPart ?? method;
    }

    private static ConcurrentDictionary<ISymbol, bool> NewReferences(ISymbol owner) => new(SymbolEqualityComparer.Default);

    /// <summary>Every member that a module reaches, with the member of a module that it is reached from.</summary>
    private Dictionary<ISymbol, ISymbol> Walk(ModuleTypes modules, CancellationToken cancellation)
    {
        Dictionary<ISymbol, List<ISymbol>> implementations = Implementations.In(modules.Declared, cancellation);
        var reachedFrom = new Dictionary<ISymbol, ISymbol>(SymbolEqualityComparer.Default);
        var next = new Queue<ISymbol>();
        // The path in a message must not depend on the order of a hash table either.
        foreach (ISymbol root in InOrder(_references.Keys.Where(modules.Contains)))
        {
            Reach(root, root);
        }

        while (next.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            ISymbol symbol = next.Dequeue();
            foreach (ISymbol called in Calls(symbol, implementations))
            {
                Reach(called, reachedFrom[symbol]);
            }
        }

        return reachedFrom;

        void Reach(ISymbol symbol, ISymbol root)
        {
            if (!reachedFrom.ContainsKey(symbol))
            {
                reachedFrom.Add(symbol, root);
                next.Enqueue(symbol);
            }
        }
    }

    private IEnumerable<ISymbol> Calls(ISymbol symbol, Dictionary<ISymbol, List<ISymbol>> implementations)
    {
        IEnumerable<ISymbol> calls = _references.TryGetValue(symbol, out ConcurrentDictionary<ISymbol, bool>? referenced)
            ? InOrder(referenced.Keys)
            : [];
        if (implementations.TryGetValue(symbol, out List<ISymbol>? overriding))
        {
            calls = calls.Concat(overriding);
        }

        return calls.Concat(Initializers(symbol));
    }

    private static IEnumerable<ISymbol> InOrder(IEnumerable<ISymbol> symbols) =>
        symbols.OrderBy(static each => each.ToDisplayString(), StringComparer.Ordinal);

    /// <summary>What runs before a member does: initializers of the instance, and of its type.</summary>
    private static IEnumerable<ISymbol> Initializers(ISymbol symbol)
    {
        bool isConstructor = symbol is IMethodSymbol { MethodKind: MethodKind.Constructor };
        return (isConstructor || symbol.IsStatic) && symbol.ContainingType is { } type
            ? type.GetMembers().Where(member => (member.IsStatic || isConstructor) && IsInitializer(member)).Select(Canonical)
            : [];
    }

    private static bool IsInitializer(ISymbol member) =>
        member is IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.StaticConstructor };
}
