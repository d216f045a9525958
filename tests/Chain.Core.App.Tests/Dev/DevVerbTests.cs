using System.Text.Json.Nodes;

namespace Chain.Core.App.Tests.Dev;

/// <summary>The verbs dev and send, within this process.</summary>
public sealed class DevVerbTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Program _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Send_ToADevChain_IsAppliedInBlockOne()
    {
        using var stop = new CancellationTokenSource();
        await using var said = new LineLog();
        var terminal = new Terminal { Output = said, Errors = TextWriter.Null, UserFolder = _program.User };
        Task<int> running = new ChainApp("chain").RunAsync(["dev", "--port", "0", "--admin-port", "0", "--json"], terminal, stop.Token);
        JsonNode first = JsonNode.Parse(await said.WaitForAsync("\"rpc\""))!;

        ToolResult sent = await _program.RunAsync("send", "alice", "bob", "5", "--rpc", (string)first["rpc"]!);

        Assert.Equal("", sent.Errors);
        Assert.Equal(["applied in block #1", "alice has 999995, bob has 1000005"], sent.Output.ReplaceLineEndings("\n").TrimEnd().Split('\n'));
        Assert.Equal(10, first["accounts"]!.AsObject().Count);
        Assert.True(File.Exists((string)first["token"]!));
        await stop.CancelAsync();
        Assert.Equal(0, await running.WaitAsync(Patience));
    }

    [Fact]
    public async Task Dev_TaskThatFailsUnobserved_IsTold()
    {
        using var stop = new CancellationTokenSource();
        await using var said = new LineLog();
        await using var errors = new LineLog();
        var terminal = new Terminal { Output = said, Errors = errors, UserFolder = _program.User };
        Task<int> running = new ChainApp("chain").RunAsync(["dev", "--port", "0", "--admin-port", "0"], terminal, stop.Token);
        await said.WaitForAsync("next, in another terminal");

        LostTask.Fail();

        Assert.Contains("InvalidOperationException: nobody looks", await errors.WaitForAsync("CC2022"), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(0, await running.WaitAsync(Patience));
    }

    [Theory]
    [InlineData("CC2031", "did you mean alice?", "send", "alcie", "bob", "5")]
    [InlineData("CC2031", "a node on this machine", "send", "alice", "bob", "5", "--rpc", "http://203.0.113.7:8645")]
    [InlineData("CC2031", "a node on this machine", "send", "alice", "bob", "5", "--rpc", "nowhere")]
    public async Task Send_WithWhatCannotBe_IsRefusedByItsCode(string code, string hint, params string[] words) =>
        (await _program.RunAsync(words)).IsMistake(code, hint);

    [Fact]
    public async Task Send_NobodyAnswers_SaysSo() =>
        (await _program.RunAsync("send", "alice", "bob", "5", "--rpc", "http://127.0.0.1:1")).IsMistake("CC2012", "start one", exit: 1);
}
