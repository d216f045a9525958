using Chain.Core.Consensus;

namespace Chain.Core.Rpc;

/// <summary><c>dev_v1_*</c>: for chains for development, on the listener for administration alone.</summary>
internal static class DevMethods
{
    public static IEnumerable<RpcMethod> Of(RpcServices services) =>
    [
        RpcMethod.Create(
            "dev_v1_seal",
            "Makes a block at once, empty or not; only where the consensus engine is dev.",
            [],
            RpcJson.Default.AcceptedResult,
            async (_, _, cancellation) => await SealAsync(services.Node, cancellation).ConfigureAwait(false),
            RpcScope.Admin),
    ];

    private static async ValueTask<RpcResult<AcceptedResult>> SealAsync(ChainNode node, CancellationToken cancellation)
    {
        if (node.Chain.Consensus is not DevConsensus)
        {
            return new RpcError(ErrorKinds.NotSupported, "the consensus engine dev", node.Chain.Consensus.Name);
        }

        await node.CommandAsync(DevConsensus.SealCommand, cancellation).ConfigureAwait(false);
        return new AcceptedResult(Accepted: true);
    }
}
