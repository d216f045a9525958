using System.Net;
using Chain.Core;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Rpc;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

// Aot.Node <address>: a dev chain that pays 1,000 to the address, proves it, and serves until standard input ends.
var wallet = new AccountAddress(Hash256.Parse(args[0][2..]));
await using ChainNode node = await ChainNode.CreateDevAsync();
await using RpcServer server = await RpcServer.StartAsync(node, new RpcServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) });
InclusionReceipt paid = await node.SubmitAndWaitAsync(node.DevAccounts[0].Transfer(wallet, 1_000));

// What the server says is believed only against the state root of the header that this process executed itself.
using var client = new RpcClient(server.Url);
var reader = new ProofReader(client, node.Query((head, _) => head));
(bool isSet, ulong proved) = await reader.GetAsync(node.Chain.Ledger.Get<TokenModule>().Balances, wallet);
if (paid.Status != TransactionStatus.Applied || !isSet || proved != 1_000)
{
    Console.Error.WriteLine($"{paid.Status}, proved {proved} instead of 1000");
    return 1;
}

Console.WriteLine($"block #{paid.Height}: paid and proved {proved}");
Console.WriteLine(server.Url);
while (Console.ReadLine() is not null)
{
}

return 0;
