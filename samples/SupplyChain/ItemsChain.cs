using Chain.Core;
using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace SupplyChain;

/// <summary>A dev chain with the module, on which the development keys are a mill, a bakery and so on.</summary>
internal static class ItemsChain
{
    public static ItemsModule Items { get; } = new();

    public static Task<ChainNode> StartAsync() => ChainNode.StartAsync(new ChainNodeOptions
    {
        Chain = new ChainDefinition(
            new DevConsensus(), new LedgerDefinition([Items]), new GenesisSpec(78, "supply", new UnixTime(1_767_225_600_000), [])),
        Store = new MemoryStore(),
        Engine = new EngineOptions { ProducesBlocks = true },
        JobThreads = 1,
        IndexesTransactions = true,
    });

    /// <summary>Signs a call by somebody, hands it in and waits for its block.</summary>
    public static async Task<InclusionReceipt> SayAsync(ChainNode node, DevKey who, Call call)
    {
        var terms = new TransactionTerms(await node.NextNonceAsync(who.Address), 0, new BlockHeight(node.Head.Height.Value + 100), call);
        return await node.SubmitAndWaitAsync(Transaction.Sign(in terms, node.Chain.GenesisId, who.Key));
    }
}
