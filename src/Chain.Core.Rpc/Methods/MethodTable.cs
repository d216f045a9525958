using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Chain.Core.Rpc;

/// <summary>All methods by their names. Made once; serves any number of threads.</summary>
internal sealed class MethodTable
{
    private readonly FrozenDictionary<string, RpcMethod> _byName;

    public MethodTable(IEnumerable<RpcMethod> methods)
    {
        _byName = methods.ToFrozenDictionary(static method => method.Name, StringComparer.Ordinal);
        All = [.. _byName.Values.OrderBy(static method => method.Name, StringComparer.Ordinal)];
    }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<RpcMethod> All { get; }

    /// <summary>A method that the scope has; one for administration does not exist for the public.</summary>
    public bool TryFind(string name, RpcScope scope, [NotNullWhen(true)] out RpcMethod? method) =>
        _byName.TryGetValue(name, out method) && method.Scope <= scope;

    /// <summary>The method that a misspelled name most likely means; null where none is near.</summary>
    public string? NearestTo(string name, RpcScope scope)
    {
        if (name.Length > 64)
        {
            return null;
        }

        string? best = All.Where(method => method.Scope <= scope)
            .Select(static method => method.Name)
            .FirstOrDefault(candidate => string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase));
        return best ?? All.Where(method => method.Scope <= scope)
            .Select(static method => method.Name)
            .FirstOrDefault(candidate => name.Length > 0 && candidate.EndsWith("_" + name, StringComparison.OrdinalIgnoreCase));
    }
}
