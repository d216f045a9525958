using System.Net;
using System.Text.Json.Nodes;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Rpc;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.App.Tests.Transactions;

/// <summary>The tool calls a module that it does not know, on a node that does.</summary>
public sealed class CallVerbTests : IAsyncLifetime, IDisposable
{
    private static readonly RegisterModule Register = new();

    private readonly Program _program = new();
    private ChainNode _node = null!;
    private RpcServer _server = null!;

    public async Task InitializeAsync()
    {
        _node = await ChainNode.StartAsync(new ChainNodeOptions
        {
            Chain = new ChainDefinition(
                new DevConsensus(), new LedgerDefinition([Register]), new GenesisSpec(78, "registers", new UnixTime(1_767_225_600_000), [])),
            Store = new MemoryStore(),
            Engine = new EngineOptions { ProducesBlocks = true },
            JobThreads = 1,
            IndexesTransactions = true,
        });
        _server = await RpcServer.StartAsync(_node, new RpcServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) });
        await _program.NewKeyAsync("account", "alice");
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _node.DisposeAsync();
    }

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Call_OfAnUnknownModule_IsAppliedAndItsFailureIsSaid()
    {
        AccountAddress alice = await AddressAsync();

        ToolResult noted = await CallAsync("register.note", "It works.");
        ToolResult entered = await CallAsync("register.enter", "owner=alice", "size=7", "open=true", "--json");
        ToolResult failed = await CallAsync("register.note", "");

        Assert.True(noted.Exit == 0, noted.Errors);
        Assert.Contains("InBlock #1 applied", noted.Output, StringComparison.Ordinal);
        Assert.Equal("applied", (string)JsonNode.Parse(entered.Output)!["receipt"]!);
        Assert.Equal(("It works.", 7u), _node.Query((_, state) => (Register.Noted.GetOr(state, ""), Register.Sizes.GetOr(state, alice, 0))));
        Assert.Equal(1, failed.Exit);
        Assert.Contains("failed write something", failed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CC2020", "did you mean register.enter?", "register.entre", "owner=alice")]
    [InlineData("CC2020", "needs 'size'", "register.enter", "owner=alice")]
    [InlineData("CC2003", "at most 32 bits", "register.enter", "owner=alice", "size=x", "open=true")]
    [InlineData("CC2003", "'0x12' is no address", "register.enter", "owner=0x12", "size=1", "open=true")]
    [InlineData("CC2007", "did you mean alice?", "register.enter", "owner=alcie", "size=1", "open=true")]
    public async Task Call_WrongArgument_IsAMistakeBeforeAnythingIsSigned(string code, string hint, params string[] words)
    {
        (await CallAsync(words)).IsMistake(code, hint);

        Assert.Equal(0UL, _node.Head.Height.Value);
    }

    [Fact]
    public async Task Call_WrongArgumentWithJson_IsOneObject()
    {
        ToolResult wrong = await CallAsync("register.enter", "owner=alice", "size=x", "open=true", "--json");

        Assert.Equal(78, wrong.Exit);
        Assert.Equal("CC2003", (string)JsonNode.Parse(wrong.Errors)!["code"]!);
    }

    [Fact]
    public async Task Calls_OfTheChain_AreListed()
    {
        ToolResult text = await _program.RunAsync("tx", "calls", "--rpc", _server.Url.ToString());
        ToolResult json = await _program.RunAsync("tx", "calls", "--json", "--rpc", _server.Url.ToString());

        Assert.Contains("register.enter owner=ADDRESS size=NUMBER open=true|false\n", text.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("register.note TEXT\n", text.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        JsonNode enter = json.Output.TrimEnd().Split('\n').Select(static line => JsonNode.Parse(line)!).Single(static each => (string)each["call"]! == "register.enter");
        Assert.Equal(["owner", "size", "open"], enter["arguments"]!.AsObject().Select(static each => each.Key));
    }

    private Task<ToolResult> CallAsync(params string[] words) =>
        _program.RunWithInputAsync($"{Program.Passphrase}\n", ["tx", "call", .. words, "--from", "alice", "--passphrase-stdin", "--rpc", _server.Url.ToString()]);

    private async Task<AccountAddress> AddressAsync() =>
        new(Hash256.Parse(((string)JsonNode.Parse((await _program.RunAsync("keys", "show", "alice", "--json")).Output)!["address"]!)[2..]));
}
