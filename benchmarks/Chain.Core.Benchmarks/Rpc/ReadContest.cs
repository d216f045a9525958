using System.Net;
using System.Text;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Chain.Core.Benchmarks.Rpc;

/// <summary>
/// 64 connections that read in turn the head, a header, and an account's balance from the state. The peer does no work: it
/// answers the same requests with the same bytes, which it has in memory.
/// </summary>
internal static class ReadContest
{
    public const int Reads = Connections * Rounds;

    private const int Connections = 64;
    private const int Rounds = 3;

    public static Contest Prepare()
    {
        ChainNode node = ChainNode.CreateDevAsync().GetAwaiter().GetResult();
        node.SubmitAndWaitAsync(node.DevAccounts[0].Transfer(node.DevAccounts[1].Address, 5)).GetAwaiter().GetResult();
        RpcServer server = RpcServer.StartAsync(
            node, new RpcServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), RequestsPerSecond = 0 }).GetAwaiter().GetResult();
        string[] requests =
        [
            """{"jsonrpc":"2.0","id":1,"method":"chain_v1_head"}""",
            """{"jsonrpc":"2.0","id":2,"method":"chain_v1_getHeader","params":["0x1"]}""",
            $$"""{"jsonrpc":"2.0","id":3,"method":"state_v1_getBalance","params":["0x{{node.DevAccounts[1].Address.Value}}"]}""",
        ];
        byte[][] answers = Array.ConvertAll(requests, request => Ask(server.Url, request));
        WebApplication peer = StartPeer(answers);
        var ours = new ReadingClients(server.Url, Connections, requests, answers, static _ => "/");
        var theirs = new ReadingClients(new Uri(peer.Urls.First()), Connections, requests, answers, static kind => $"/{kind}");
        return new Contest(() => ours.Run(Rounds), () => theirs.Run(Rounds), () => ours.FindMistake() ?? theirs.FindMistake())
        {
            Release = () =>
            {
                ours.Dispose();
                theirs.Dispose();
                peer.DisposeAsync().AsTask().GetAwaiter().GetResult();
                server.DisposeAsync().AsTask().GetAwaiter().GetResult();
                node.DisposeAsync().AsTask().GetAwaiter().GetResult();
            },
        };
    }

    private static byte[] Ask(Uri url, string request)
    {
        using var http = new HttpClient();
        using HttpResponseMessage response = http.PostAsync(url, new StringContent(request)).GetAwaiter().GetResult();
        byte[] answer = response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(answer).Contains("\"result\"", StringComparison.Ordinal)
            ? answer
            : throw new InvalidOperationException($"{request} failed: {Encoding.UTF8.GetString(answer)}");
    }

    private static WebApplication StartPeer(byte[][] answers)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication peer = builder.Build();
        for (int i = 0; i < answers.Length; i++)
        {
            byte[] answer = answers[i];
            peer.MapPost($"/{i}", () => Microsoft.AspNetCore.Http.Results.Bytes(answer, "application/json"));
        }

        peer.StartAsync().GetAwaiter().GetResult();
        return peer;
    }
}
