using System.Reflection;

namespace Chain.Core.Rpc;

/// <summary><c>node_v1_*</c>: the node itself.</summary>
internal static class NodeMethods
{
    public static string Software { get; } =
        $"Chain.Core.Rpc/{typeof(NodeMethods).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    public static IEnumerable<RpcMethod> Of(RpcServices services) =>
    [
        RpcMethod.Create("node_v1_status", "The node and its chain.", [], RpcJson.Default.NodeStatusResult, _ => services.Node.Read(chain => Describe(services.Node, chain))),
        RpcMethod.Create("node_v1_health", "Whether the node is ready, and why not.", [], RpcJson.Default.HealthResult, _ => HealthOf(services.Node)),
    ];

    public static HealthResult HealthOf(ChainNode node)
    {
        NodeHealth health = node.CheckHealth();
        return new HealthResult(health.IsReady ? "ready" : health.IsLive ? "live" : "dead", health.Reasons);
    }

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
