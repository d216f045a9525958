using System.Net;
using Chain.Core;
using Chain.Core.Rpc;
using SupplyChain;

// The page first: the node has to know whose page may call it.
await using PageServer page = await PageServer.StartAsync(args is [string port] ? int.Parse(port, null) : 8080);
await using ChainNode node = await ItemsChain.StartAsync();
await using RpcServer server = await RpcServer.StartAsync(node, new RpcServerOptions
{
    Listen = new IPEndPoint(IPAddress.Loopback, 0),
    AllowedOrigins = [page.Url.GetLeftPart(UriPartial.Authority)],
});
page.Node = server.Url;

(DevKey mill, DevKey bakery, DevKey shop) = (DevKey.All[0], DevKey.All[1], DevKey.All[2]);
await ItemsChain.SayAsync(node, mill, ItemsChain.Items.Make("flour 17", "rye, harvest of 2026"));
await ItemsChain.SayAsync(node, mill, ItemsChain.Items.Pass("flour 17", bakery.Address, "20 kg, dry"));
await ItemsChain.SayAsync(node, bakery, ItemsChain.Items.Pass("flour 17", shop.Address, "as 31 loaves"));
Console.WriteLine($"page {page.Url}   (Ctrl+C stops)");

var stop = new TaskCompletionSource();
Console.CancelKeyPress += (_, pressed) => pressed.Cancel = stop.TrySetResult();
await await Task.WhenAny(stop.Task, node.Stopped);
