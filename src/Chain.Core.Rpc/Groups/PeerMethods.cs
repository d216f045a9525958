using Chain.Core.Gossip;
using Chain.Core.Machines;

namespace Chain.Core.Rpc;

/// <summary><c>peers_v1_*</c>: who the node is connected to.</summary>
internal static class PeerMethods
{
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
    ];

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
