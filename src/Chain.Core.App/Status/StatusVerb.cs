using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chain.Core.App.Errors;
using Chain.Core.Rpc.Client;

namespace Chain.Core.App.Status;

/// <summary><c>status</c>: asks a running node; 0 where it is ready for users, 1 where it is not.</summary>
internal static class StatusVerb
{
    private const int MaxHealthBytes = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Command Create(VerbScope scope)
    {
        var command = new Command("status", "Asks a running node how it is; exit code 0 where it is ready, 1 where it is not.");
        var address = new NodeAddress(scope);
        address.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            Uri url = address.Read(parsed);
            using var client = new RpcClient(url, new RpcClientOptions { Timeout = Patience });
            NodeStatusView status = await client.GetStatusAsync(cancelled).ConfigureAwait(false);
            string[] reasons = await ReasonsAsync(url, cancelled).ConfigureAwait(false);
            scope.Answer(parsed, Describe(status, reasons), output => Print(status, reasons, output));
            return reasons.Length == 0 ? 0 : 1;
        });
        return command;
    }

    /// <summary>Why the node is not ready; empty where it is.</summary>
    private static async Task<string[]> ReasonsAsync(Uri url, CancellationToken cancelled)
    {
        using var http = new HttpClient { Timeout = Patience, MaxResponseContentBufferSize = MaxHealthBytes };
        using HttpResponseMessage answer = await http.GetAsync(new Uri(url, "/health/ready"), cancelled).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode)
        {
            return [];
        }

        try
        {
            JsonNode? health = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancelled).ConfigureAwait(false));
            string[] reasons = [.. health?["reasons"]?.AsArray().Select(static reason => (string?)reason ?? "") ?? []];
            return reasons.Length > 0 ? reasons : ["not ready"];
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new UsageException(FaultCode.NodeRefused, $"{url} answers {(int)answer.StatusCode}, and not as a node does") { ExitCode = 1 };
        }
    }

    private static JsonObject Describe(NodeStatusView status, string[] reasons) => new()
    {
        ["ready"] = reasons.Length == 0,
        ["reasons"] = new JsonArray([.. reasons.Select(static reason => (JsonNode?)reason)]),
        ["chain"] = status.ChainName,
        ["network"] = status.Network,
        ["genesis"] = $"0x{status.Genesis.Value}",
        ["consensus"] = status.Consensus,
        ["height"] = status.Head.Height.Value,
        ["head"] = $"0x{status.Head.Id.Value}",
        ["finalized"] = status.Finalized.Height.Value,
        ["peers"] = status.Peers,
        ["software"] = status.Software,
    };

    private static void Print(NodeStatusView status, string[] reasons, TextWriter output)
    {
        output.WriteLine(reasons.Length == 0 ? "ready" : $"not ready: {string.Join("; ", reasons)}");
        output.WriteLine($"{status.ChainName} ({status.Consensus}), network {status.Network}, genesis 0x{status.Genesis.Value}");
        output.WriteLine($"head #{status.Head.Height} 0x{status.Head.Id.Value}, final #{status.Finalized.Height}, {status.Peers} peers");
    }
}
