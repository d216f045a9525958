using Chain.Core.Ledger;

namespace Chain.Core.Rpc.Client;

internal sealed record ModulesBody(IReadOnlyList<ModuleDescription> Modules)
{
    /// <summary>The modules, none of which, and nothing in which, is null: annotations do not hold elements of lists to that.</summary>
    /// <exception cref="RpcProtocolException">Something is.</exception>
    public IReadOnlyList<ModuleDescription> Whole() => Modules.All(static module => module is { Methods: var methods, Events: var events, Maps: var maps, Values: var values }
            && methods.Concat(events).Concat(values).All(static field => field is not null) && maps.All(static map => map is not null))
        ? Modules
        : throw new RpcProtocolException("The server sent modules with nothing in them.");
}
