using Chain.Core.Gossip;
using Chain.Core.Machines;

namespace Chain.Core.Rpc;

/// <summary><c>peers_v1_*</c>: who the node is connected to.</summary>
internal static class PeerMethods
{
    private const int MaxBarred = 1024;

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    public static IEnumerable<RpcMethod> Of(RpcServices services) =>
    [
        RpcMethod.Create(
            "peers_v1_list",
            "Every peer that has said hello, with round trip and score.",
            [],
            RpcJson.Default.PeersResult,
            async (_, _, cancellation) => await ListAsync(services.Node, cancellation).ConfigureAwait(false),
            cost: 5),
        SetBarred(services.Node),
    ];

    private static RpcMethod SetBarred(ChainNode node)
    {
        RpcParameter<PeerId[]> peers = RpcParameter.Required("peers", ParameterKinds.Peers(MaxBarred), "Who they are; none lets everybody in again.");
        return RpcMethod.Create(
            "peers_v1_setBarred",
            "Has nothing to do with these peers from now on: connections are cut and new ones refused, until a restart.",
            [peers],
            RpcJson.Default.AcceptedResult,
            (_, arguments, _) =>
            {
                node.BarPeers(arguments.Get(peers));
                return ValueTask.FromResult<RpcResult<AcceptedResult>>(new AcceptedResult(Accepted: true));
            },
            RpcScope.Admin);
    }

    private static async ValueTask<RpcResult<PeersResult>> ListAsync(ChainNode node, CancellationToken cancellation)
    {
        IReadOnlyList<PeerReport> peers = await node.ReadPeersAsync(cancellation).ConfigureAwait(false);
        return new PeersResult(peers.Count, [.. peers.Select(Describe)]);
    }

    private static PeerResult Describe(PeerReport peer) => new(
        peer.Connection.Peer.PublicKey,
        peer.Connection.Remote.ToString(),
        peer.Connection.Direction == ConnectionDirection.Inbound ? "inbound" : "outbound",
        peer.Agent,
        peer.ClaimedHeight,
        peer.RoundTrip?.TotalMilliseconds,
        peer.Silence.TotalMilliseconds,
        peer.Score,
        HealthOf(peer));

    private static string HealthOf(PeerReport peer) =>
        peer.Score > 0 ? "suspect"
        : peer.IsCongested ? "congested"
        : peer.RoundTrip > Slow ? "slow"
        : "good";
}
