using System.Net;
using Chain.Core;
using Chain.Core.Rpc;
using Chain.Core.Rpc.Client;
using TokenWithProofs;

// A node with its server, as somebody else would run it.
await using ChainNode node = await PointsChain.StartAsync();
await using RpcServer server = await RpcServer.StartAsync(node, new RpcServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) });

// A client that trusts the first block, and nobody.
using var client = new RpcClient(server.Url);
var light = new LightWallet(client, node.Chain.Genesis.Header);
DevKey bob = DevKey.All[1];
var wallet = new Wallet(PointsChain.Issuer.Key, node.Chain.GenesisId);
await foreach (TransactionProgress progress in client.SubmitAndWatchAsync(wallet.Sign(PointsChain.Points.Give(bob.Address, 42))))
{
    Console.WriteLine(progress);
}

(ulong points, var block) = await light.ReadAsync(bob.Address);
Console.WriteLine($"bob has {points} points: proved against block #{block.Height}, whose certificate was checked");
return points == 42 ? 0 : 1;
