using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Chain.Core.App.Tests.Run;

public sealed class RunTests : IDisposable
{
    private readonly Program _program = new();

    [Fact]
    public async Task Run_ConfigurationChanges_TellsWhatTakesEffect()
    {
        await _program.RunAsync("init", "--consensus", "dev");
        string config = Path.Combine(_program.Home, "config.json");
        await using RunningNode node = await RunningNode.StartAsync(_program);

        Assert.Equal(3, JsonNode.Parse(await BatchAsync(node))!.AsArray().Count);
        File.WriteAllText(config, """{ "Rpc": { "MaxBatch": 2, "MaxConnections": 77 } }""");
        Assert.Contains("is 77 in the file and 4096 here", await node.Log.WaitForAsync("CC2016 Rpc:MaxConnections"), StringComparison.Ordinal);
        await node.Log.WaitForAsync("Rpc:MaxBatch is 2 now");
        Assert.Contains("at most 2 requests", await BatchAsync(node), StringComparison.Ordinal);

        File.WriteAllText(config, """{ "Rpc": { "MaxBatch": 9, "MaxConnections": 77, "RequestsPerSecond": 7 } }""");
        Assert.Contains("Rpc:RequestsPerSecond: expected 50 to", await node.Log.WaitForAsync("CC2003"), StringComparison.Ordinal);
        Assert.Contains("at most 2 requests", await BatchAsync(node), StringComparison.Ordinal);
        File.WriteAllText(config, """{ "Rpc": { "MaxBatch": 9, "MaxConnections": 77, "MaxBacth": 8 } }""");
        await node.Log.WaitForAsync("CC2002");
        File.WriteAllText(config, """{ "Logging": { "Level": "Debug" }, "Rpc": { "MaxBatch": 9, "MaxConnections": 77 } }""");
        await node.Log.WaitForAsync("log level is Debug");
        await node.Log.WaitForAsync("Rpc:MaxBatch is 9 now");
        Assert.Equal(3, JsonNode.Parse(await BatchAsync(node))!.AsArray().Count);
    }

    [Fact]
    public async Task Run_WithoutTheOnlyPeer_IsNotReadyAndSaysWhy()
    {
        await _program.RunAsync("init", "--consensus", "dev");

        // Nobody listens on port 1.
        using var http = new HttpClient();
        await using RunningNode node = await RunningNode.StartAsync(_program, "", "--set", "P2P:Connect:0=127.0.0.1:1", "--set", "Logging:Format=json");
        using HttpResponseMessage health = await http.GetAsync(new Uri(new Uri(node.Rpc), "health/ready"));
        ToolResult status = await _program.RunAsync("status", "--rpc", node.Rpc);
        ToolResult doctor = await _program.RunAsync("doctor", "--set", "P2P:Connect:0=127.0.0.1:1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("alone", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, status.Exit);
        Assert.Contains("alone", status.Output, StringComparison.Ordinal);
        Assert.Contains("warn  peer 127.0.0.1:1 does not answer", doctor.Output, StringComparison.Ordinal);
        Assert.StartsWith("{\"time\":", await node.Log.WaitForAsync("RPC on"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PortThatIsTaken_IsNamed()
    {
        await _program.RunAsync("init", "--consensus", "dev");
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        (await _program.RunAsync("run", "--set", $"Metrics:Port={port}")).IsMistake("CC2010", $"Metrics:Port: 127.0.0.1:{port}");
        (await _program.RunAsync("run", "--set", $"P2P:Port={port}", "--set", "Logging:Level=Error")).IsMistake("CC2010", "P2P:Port");
        (await _program.RunAsync("run", "--set", $"Rpc:Port={port}", "--set", "Logging:Level=Error")).IsMistake("CC2010", "Rpc:Port");
        (await _program.RunAsync("run", "--set", $"Rpc:AdminPort={port}", "--set", "Logging:Level=Error")).IsMistake("CC2010", "Rpc:AdminPort");
        (await _program.RunAsync("dev", "--port", $"{port}", "--admin-port", "0")).IsMistake("CC2010", "--port");
        (await _program.RunAsync("dev", "--port", "0", "--admin-port", $"{port}")).IsMistake("CC2010", "--admin-port");
    }

    [Fact]
    public async Task Run_TaskThatFailsUnobserved_IsTold()
    {
        await _program.RunAsync("init", "--consensus", "dev");
        await using RunningNode node = await RunningNode.StartAsync(_program);

        LostTask.Fail();

        Assert.Contains("InvalidOperationException: nobody looks", await node.Log.WaitForAsync("CC2022"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DataOfAnotherChain_IsRefused()
    {
        await _program.RunAsync("init", "--consensus", "dev");
        await _program.RunAsync("init", "--consensus", "dev", "--home", Path.Combine(_program.User, "other"));
        await using (await RunningNode.StartAsync(_program, "", "--home", _program.Home))
        {
        }

        string data = Path.Combine(_program.User, ".chain", "data");
        ToolResult doctor = await _program.RunAsync("doctor", "--home", Path.Combine(_program.User, "other"), "--set", $"Node:Data={data}");
        ToolResult run = await _program.RunAsync("run", "--home", Path.Combine(_program.User, "other"), "--set", $"Node:Data={data}", "--set", "Logging:Level=Error");

        Assert.Equal(1, doctor.Exit);
        Assert.Contains("fail  data", doctor.Output, StringComparison.Ordinal);
        run.IsMistake("CC2011", "belongs to");
    }

    [Fact]
    public async Task Status_OfNobody_SaysSo() => (await _program.RunAsync("status", "--rpc", "http://127.0.0.1:1")).IsMistake("CC2012", "--rpc", exit: 1);

    public void Dispose() => _program.Dispose();

    private static async Task<string> BatchAsync(RunningNode node)
    {
        const string Ask = """{"jsonrpc":"2.0","id":1,"method":"node_v1_status","params":[]}""";
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.PostAsync(new Uri(node.Rpc), new ByteArrayContent(Encoding.UTF8.GetBytes($"[{Ask},{Ask},{Ask}]")));
        return await answer.Content.ReadAsStringAsync();
    }
}
