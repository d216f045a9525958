using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Chain.Core.Benchmarks.Network;
using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Rpc;

/// <summary>From the start of the tool's process as a dev chain, built, until it tells of its first block, which is asked for as soon as the chain can be asked.</summary>
internal static class FirstBlock
{
    private const int Starts = 5;
    private const double Patience = 60_000;
    private const double MostMilliseconds = 3_000;

    public static Contest Prepare()
    {
        double[] times = [.. Enumerable.Range(0, Starts).Select(static _ => TimeAsync().GetAwaiter().GetResult()).Order()];
        return Contest.OfSizes(times[Starts / 2], MostMilliseconds, static () => null);
    }

    private static async Task<double> TimeAsync()
    {
        string home = Directory.CreateTempSubdirectory("chain-core-first-block-").FullName;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(Patience));
        using var http = new HttpClient();
        long start = Stopwatch.GetTimestamp();
        using Process chain = ChildProcess.StartProgram(Tool, "dev", "--json", "--port", "0", "--admin-port", "0", "--home", home);
        try
        {
            JsonNode introduction = await NextLineAsync(chain, patience.Token);
            await SealAsync(http, introduction, patience.Token);
            JsonNode block = await NextLineAsync(chain, patience.Token);
            double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            return (ulong)block["height"]! == 1 ? milliseconds : throw new InvalidOperationException($"The first block is {block}.");
        }
        finally
        {
            chain.Kill();
            await chain.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(home, recursive: true);
        }
    }

    /// <summary>The tool beside this program, built as this program is.</summary>
    private static string Tool
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(own.Parent!.Parent!.FullName, "Chain.Core.Cli", own.Name, "Chain.Core.Cli.dll");
        }
    }

    private static async Task<JsonNode> NextLineAsync(Process chain, CancellationToken patience) =>
        JsonNode.Parse(await chain.StandardOutput.ReadLineAsync(patience) ?? throw new InvalidOperationException("The dev chain ended."))!;

    private static async Task SealAsync(HttpClient http, JsonNode introduction, CancellationToken patience)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, (string)introduction["admin"]!);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync((string)introduction["token"]!, patience)).Trim());
        request.Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"dev_v1_seal"}""");
        using HttpResponseMessage response = await http.SendAsync(request, patience);
        string answer = await response.Content.ReadAsStringAsync(patience);
        if (!answer.Contains("\"result\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"dev_v1_seal failed: {answer}");
        }
    }
}
