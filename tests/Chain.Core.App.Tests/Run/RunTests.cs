using System.Net;

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

        File.WriteAllText(config, """{ "Logging": { "Level": "Warning" }, "Rpc": { "MaxBatch": 7 } }""");
        Assert.Contains("is 7 in the file and 100 here", await node.Log.WaitForAsync("CC2016 Rpc:MaxBatch"), StringComparison.Ordinal);
        File.WriteAllText(config, """{ "Logging": { "Level": "Information" }, "Rpc": { "MaxBatch": 7, "MaxBacth": 8 } }""");
        await node.Log.WaitForAsync("CC2002");
        File.WriteAllText(config, """{ "Logging": { "Level": "Debug" }, "Rpc": { "MaxBatch": 7 } }""");
        await node.Log.WaitForAsync("log level is Debug");
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
        (await _program.RunAsync("run", "--set", $"Rpc:Port={port}", "--set", "Logging:Level=Error")).IsMistake("CC2010", "Rpc:Listen");
    }

    [Fact]
    public async Task Run_DataOfAnotherChain_IsRefused()
    {
        await _program.RunAsync("init", "--consensus", "dev");
        await _program.RunAsync("init", "--consensus", "dev", "--home", Path.Combine(_program.User, "other"));
        await using (await RunningNode.StartAsync(_program))
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
}
