using System.Text;
using Chain.Core.App.Tests.Replay;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.App.Tests.Tracing;

public sealed class TraceExportTests : IDisposable
{
    private readonly Program _program = new() { App = new ChainApp("chain") { Define = Define } };

    [Theory]
    [InlineData("Http")]
    [InlineData("Grpc")]
    public async Task Run_WithACollector_SendsTheTraceOfATransaction(string protocol)
    {
        await _program.RunAsync("init");
        await using Collector collector = await Collector.StartAsync(protocol == "Grpc");
        TransactionId id;
        await using (RunningNode node = await StartAsync(collector.Endpoint, protocol))
        {
            id = await SubmitAsync(node);
            Assert.Equal(0, await node.StopAsync());
        }

        Assert.True(collector.Has(Hash256.AsSpan(id.Value)[..16]));
        Assert.All(
            new[] { "tx_v1_submit", "transaction submit", "transaction admit", "chain.transaction.id", $"0x{id.Value}", "chain-core" },
            text => Assert.True(collector.Has(text), text));
    }

    [Fact]
    public async Task Run_CollectorIsAway_GoesOn()
    {
        await _program.RunAsync("init");
        await using RunningNode node = await StartAsync("http://127.0.0.1:1/v1/traces");

        await SubmitAsync(node);

        Assert.Equal(0, await node.StopAsync());
    }

    [Fact]
    public async Task Run_EndpointThatIsNone_IsRefused()
    {
        await _program.RunAsync("init");

        (await _program.RunAsync("config", "check", "--set", "Tracing:Endpoint=collector:4317")).IsMistake("CC2003", "Tracing:Endpoint");
        (await _program.RunAsync("config", "check", "--set", "Tracing:PerMillion=1000001")).IsMistake("CC2003", "Tracing:PerMillion");
    }

    public void Dispose() => _program.Dispose();

    private static ChainDefinition Define() => new(
        new DevConsensus(), new LedgerDefinition([new NoteModule(0)]), new GenesisSpec(17, "traced-notes", new UnixTime(1_767_225_600_000), []));

    private Task<RunningNode> StartAsync(string endpoint, string protocol = "Http") => RunningNode.StartAsync(
        _program, "", "--set", "Tracing:PerMillion=1000000", "--set", $"Tracing:Protocol={protocol}", "--set", $"Tracing:Endpoint={endpoint}");

    private static async Task<TransactionId> SubmitAsync(RunningNode node)
    {
        var transaction = Transaction.Sign(
            new TransactionTerms(0, Fee: 0, new BlockHeight(1000), new NoteModule(0).Write(3)), Define().GenesisId, DevKey.All[0].Key);
        string call = $$"""{"jsonrpc":"2.0","id":1,"method":"tx_v1_submit","params":["0x{{Convert.ToHexStringLower(transaction.Encoded.Span)}}"]}""";
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.PostAsync(new Uri(node.Rpc), new ByteArrayContent(Encoding.UTF8.GetBytes(call)));
        Assert.Contains("pending", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        return transaction.Id;
    }
}
