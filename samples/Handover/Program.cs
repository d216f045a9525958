using System.Net;
using Chain.Core;
using Chain.Core.Crypto;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Handover;

// Four nodes in one process: the first makes blocks alone, and at a height all four begin to vote.
ChainDefinition chain = HandoverChain.Create(new UnixTime((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
var enough = new TaskCompletionSource();
var nodes = new List<ChainNode>();
for (int i = 0; i < HandoverChain.Validators; i++)
{
    nodes.Add(await ChainNode.StartAsync(new ChainNodeOptions
    {
        Chain = chain,
        Store = new MemoryStore(),
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        Connect = [.. nodes.Select(static node => PeerAddress.From(IPAddress.Loopback, node.ListenEndPoint!.Port))],
        Engine = new EngineOptions { ProducesBlocks = true, Signer = HandoverChain.KeyOf(i) },
        Signer = new Ed25519PrivateKey(HandoverChain.SeedOf(i)),
        SignerIsNew = true,
        Randomness = new VrfProver(new VrfPrivateKey(HandoverChain.SeedOf(i))),
    }));
}

using IDisposable watch = nodes[^1].Subscribe(Tell);
await enough.Task.WaitAsync(TimeSpan.FromMinutes(1));
await Task.WhenAll(nodes.Select(static node => node.DisposeAsync().AsTask()));

void Tell(NodeEvent happened)
{
    if (happened is NodeEvent.HeadMoved moved)
    {
        string sealer = moved.Head.Height <= HandoverChain.Height ? "the Dev engine" : "a validator";
        Console.WriteLine($"block #{moved.Head.Height}, sealed by {sealer}");
        _ = moved.Head.Height.Value >= 20 && enough.TrySetResult();
    }
    else if (happened is NodeEvent.BlockFinalized final)
    {
        Console.WriteLine($"  final: {final.Block}");
    }
}
