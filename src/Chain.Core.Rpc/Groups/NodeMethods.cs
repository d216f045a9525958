using System.Reflection;
using Chain.Core.Ledger;

namespace Chain.Core.Rpc;

/// <summary><c>node_v1_*</c>: the node itself.</summary>
internal static class NodeMethods
{
    public static string Software { get; } =
        $"Chain.Core.Rpc/{typeof(NodeMethods).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    public static IEnumerable<RpcMethod> Of(RpcServices services) =>
    [
        RpcMethod.Create("node_v1_status", "The node and its chain.", [], RpcJson.Default.NodeStatusResult, _ => services.Node.Read(chain => Describe(services.Node, chain))),
        RpcMethod.Create(
            "node_v1_modules",
            "What the chain's modules declare: calls, events and state, and what their bytes hold.",
            [],
            RpcJson.Default.ModulesResult,
            _ => new ModulesResult([.. services.Node.Chain.Ledger.Modules.Select(static module => Describe(module.Describe()))])),
        RpcMethod.Create("node_v1_health", "Whether the node is ready, and why not.", [], RpcJson.Default.HealthResult, _ => HealthOf(services.Node)),
    ];

    public static HealthResult HealthOf(ChainNode node)
    {
        NodeHealth health = node.CheckHealth();
        return new HealthResult(health.IsReady ? "ready" : health.IsLive ? "live" : "dead", health.Reasons);
    }

    private static ModuleResult Describe(ModuleDescription module) => new(
        module.Name,
        [.. module.Methods.Select(Describe)],
        [.. module.Events.Select(Describe)],
        [.. module.Maps.Select(static map => new MapResult(map.Name, map.Key, map.Value))],
        [.. module.Values.Select(Describe)]);

    private static FieldResult Describe(ValueField field) => new(field.Name, field.Shape);

    private static NodeStatusResult Describe(ChainNode node, ChainSnapshot chain) => new(
        Software,
        node.Chain.Name,
        node.Chain.Network,
        node.Chain.GenesisId,
        node.Chain.Consensus.Name,
        [.. node.Chain.Ledger.Modules.Select(static module => module.Name)],
        Results.Place(chain.Head),
        Results.Place(chain.Finalized),
        node.PeerCount,
        chain.IsIndexed);
}
