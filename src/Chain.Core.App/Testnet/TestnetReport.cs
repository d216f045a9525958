using Chain.Core.Crypto;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

namespace Chain.Core.App.Testnet;

/// <summary>What the running nodes of a testnet say at one moment.</summary>
/// <param name="Heads">The head of each node that answers, by its number.</param>
/// <param name="Silent">The nodes that should run and do not answer.</param>
/// <param name="Common">The lowest of the heads' heights.</param>
/// <param name="Blocks">The block and the state root at that height, of each node.</param>
internal sealed record TestnetReport(
    IReadOnlyList<(int Node, NodeStatusView Status)> Heads,
    IReadOnlyList<int> Silent,
    BlockHeight Common,
    IReadOnlyList<(int Node, BlockId Block, Hash256 Root)> Blocks)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether every node that should run answers, and all have the same block and the same state at the lowest head.</summary>
    public bool IsOneChain => Silent.Count == 0 && Blocks.Count > 0 && Blocks.Select(static each => (each.Block, each.Root)).Distinct().Count() == 1;

    /// <summary>Asks every node that was not killed.</summary>
    public static async Task<TestnetReport> AskAsync(TestnetState state, CancellationToken cancelled)
    {
        var heads = new List<(int, NodeStatusView)>();
        var silent = new List<int>();
        foreach (TestnetNodeState node in state.Nodes.Where(static node => node.Process is not null))
        {
            try
            {
                using RpcClient client = Connect(node);
                heads.Add((node.Index, await client.GetStatusAsync(cancelled).ConfigureAwait(false)));
            }
            catch (Exception unreachable) when (unreachable is HttpRequestException or TimeoutException)
            {
                silent.Add(node.Index);
            }
        }

        BlockHeight common = heads.Count == 0 ? default : heads.Min(static each => each.Item2.Head.Height);
        var blocks = new List<(int, BlockId, Hash256)>();
        foreach ((int index, _) in heads)
        {
            using RpcClient client = Connect(state.Nodes[index]);
            BlockHeader header = await client.GetHeaderAsync(BlockQuery.At(common), cancelled).ConfigureAwait(false);
            blocks.Add((index, header.Id, header.Fields.StateRoot));
        }

        return new TestnetReport(heads, silent, common, blocks);
    }

    private static RpcClient Connect(TestnetNodeState node) => new(node.Rpc, new RpcClientOptions { Timeout = Patience });
}
