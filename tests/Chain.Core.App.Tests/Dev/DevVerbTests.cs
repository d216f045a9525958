using System.Globalization;
using System.Text.Json.Nodes;

namespace Chain.Core.App.Tests.Dev;

/// <summary>The verbs dev and send, within this process.</summary>
public sealed class DevVerbTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Send_ToADevChain_IsAppliedInBlockOne()
    {
        string home = Directory.CreateTempSubdirectory("chain-dev-").FullName;
        using var stop = new CancellationTokenSource();
        await using var said = new FirstLine();
        var terminal = new Terminal { Output = said, Errors = TextWriter.Null };
        Task<int> running = new ChainApp("chain").RunAsync(["dev", "--port", "0", "--admin-port", "0", "--json", "--home", home], terminal, stop.Token);
        JsonNode first = JsonNode.Parse(await said.Line.WaitAsync(Patience))!;

        ToolResult sent = await Tool.RunAsync("send", "alice", "bob", "5", "--rpc", (string)first["rpc"]!);

        Assert.Equal("", sent.Errors);
        Assert.Equal(["applied in block #1", "alice has 999995, bob has 1000005"], sent.Output.ReplaceLineEndings("\n").TrimEnd().Split('\n'));
        Assert.Equal(10, first["accounts"]!.AsObject().Count);
        Assert.True(File.Exists((string)first["token"]!));
        await stop.CancelAsync();
        Assert.Equal(0, await running.WaitAsync(Patience));
        Directory.Delete(home, recursive: true);
    }

    [Theory]
    [InlineData("CC2031", "did you mean alice?", "send", "alcie", "bob", "5")]
    [InlineData("CC2031", "a node on this machine", "send", "alice", "bob", "5", "--rpc", "http://203.0.113.7:8645")]
    public async Task Send_WithWhatCannotBe_IsRefusedByItsCode(string code, string hint, params string[] words) =>
        (await Tool.RunAsync(words)).IsMistake(code, hint);

    [Fact]
    public async Task Send_NobodyAnswers_SaysSo() =>
        (await Tool.RunAsync("send", "alice", "bob", "5", "--rpc", "http://127.0.0.1:1")).IsMistake("CC2012", "start one", exit: 1);

    /// <summary>Takes what is written, and tells the first line.</summary>
    private sealed class FirstLine() : StringWriter(CultureInfo.InvariantCulture)
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Line => _line.Task;

        public override void WriteLine(string? value) => _line.TrySetResult(value!);
    }
}
