using System.Net;
using Chain.Core;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;
using Handover;

// Four nodes in one process: the first makes blocks alone, and at a height all four begin to vote.
ChainDefinition chain = HandoverChain.Create(new UnixTime((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
var enough = new TaskCompletionSource();
var nodes = new List<ChainNode>();
for (int i = 0; i < HandoverChain.Validators; i++)
{
    var key = new Ed25519PrivateKey(HandoverChain.SeedOf(i));
    nodes.Add(await ChainNode.StartAsync(new ChainNodeOptions
    {
        Chain = chain,
        Store = new MemoryStore(),
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        Connect = [.. nodes.Select(static node => PeerAddress.From(IPAddress.Loopback, node.ListenEndPoint!.Port))],
        Engine = new EngineOptions { ProducesBlocks = true, Signer = HandoverChain.KeyOf(i) },
        Signer = key,
        SignerIsNew = true,
        Randomness = new VrfProver(new VrfPrivateKey(HandoverChain.SeedOf(i))),
        JobThreads = 1,
    }));
}

ChainNode last = nodes[^1];
using IDisposable watch = last.Subscribe(happened =>
{
    switch (happened)
    {
        case NodeEvent.HeadMoved moved:
            foreach (Block block in moved.Applied)
            {
                Console.WriteLine($"block {block.Height}, sealed by {(block.Height <= HandoverChain.Height ? "the Dev engine" : "a validator")}");
            }

            break;
        case NodeEvent.BlockFinalized final:
            Console.WriteLine($"  final: {final.Block}");
            break;
    }

    if (happened is NodeEvent.HeadMoved { Head.Height.Value: >= 20 })
    {
        enough.TrySetResult();
    }
});
await enough.Task.WaitAsync(TimeSpan.FromMinutes(1));
foreach (ChainNode node in nodes)
{
    await node.DisposeAsync();
}
