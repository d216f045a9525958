using System.Text.Json.Nodes;
using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.App.Tests.Replay;

public sealed class ReplayTests : IDisposable
{
    private readonly Program _program = new() { App = new ChainApp("chain") { Define = static () => Define(skew: 0) } };
    private readonly NoteModule _note = new(skew: 0);

    [Fact]
    public async Task Compare_BothWentOnAfterTheirRulesParted_NamesHeightModuleKeyAndTransaction()
    {
        (string one, string other) = await BothAfterBlockOneAsync();
        TransactionId culprit = await WriteAsync(one, skew: 0, 7);
        Assert.Equal(culprit, await WriteAsync(other, skew: 1, 7));

        JsonNode found = await CompareAsync(one, other, exit: 1);

        Assert.Equal(2, (int)found["height"]!);
        Assert.Equal("note", (string)found["module"]!);
        Assert.Equal("0x" + Convert.ToHexStringLower(_note.Noted.Key), (string)found["key"]!);
        foreach ((string side, ulong number, bool isAsExecuted) in new[] { ("first", 7UL, true), ("second", 8UL, false) })
        {
            Assert.Equal("0x" + Convert.ToHexStringLower(Codecs.U64.Encode(number)), (string)found[side]!["value"]!);
            Assert.Equal($"0x{culprit.Value}", (string)found[side]!["writer"]!);
            Assert.Equal(isAsExecuted, (bool)found[side]!["isAsExecuted"]!);
        }

        string told = (await _program.RunAsync("replay", "--compare", one, other)).Output;
        Assert.StartsWith("they part at #2", told, StringComparison.Ordinal);
        Assert.Contains($"written by transaction 0x{culprit.Value}", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_OneRefusedTheBlockOfTheOther_ExecutesItHereAndNamesTheSame()
    {
        (string one, string other) = await BothAfterBlockOneAsync();
        TransactionId culprit = await WriteAsync(other, skew: 1, 7);

        JsonNode found = await CompareAsync(one, other, exit: 1);

        Assert.Equal(2, (int)found["height"]!);
        Assert.Equal("note", (string)found["module"]!);
        Assert.Null(found["first"]!["block"]);
        Assert.Equal($"0x{culprit.Value}", (string)found["second"]!["writer"]!);
    }

    [Fact]
    public async Task Compare_OneIsOnlyBehind_FindsNothing()
    {
        (string one, string other) = await BothAfterBlockOneAsync();
        Assert.False((bool)(await CompareAsync(one, other, exit: 0))["diverges"]!);
        await WriteAsync(other, skew: 0, 7);

        JsonNode found = await CompareAsync(one, other, exit: 0);

        Assert.Null(found["module"]);
        Assert.True((bool)found["second"]!["isAsExecuted"]!);
    }

    [Fact]
    public async Task Compare_FolderOfNoNode_SaysSo() =>
        (await _program.RunAsync("replay", "--compare", Path.Combine(_program.User, "none"), _program.User)).IsMistake("CC2004", "config.json");

    public void Dispose() => _program.Dispose();

    private static ChainDefinition Define(ulong skew) => new(
        new DevConsensus(), new LedgerDefinition([new NoteModule(skew)]), new GenesisSpec(9, "notes", new UnixTime(1_767_225_600_000), []));

    private static string DataOf(string home) => Path.Combine(home, "data");

    /// <summary>Two nodes with the same first block, stopped.</summary>
    private async Task<(string One, string Other)> BothAfterBlockOneAsync()
    {
        string[] homes = [Path.Combine(_program.User, "one"), Path.Combine(_program.User, "other")];
        foreach (string home in homes)
        {
            ToolResult made = await _program.RunAsync("init", "--home", home);
            Assert.True(made.Exit == 0, made.Errors);
        }

        await WriteAsync(homes[0], skew: 0, NoteModule.Agreed);
        Directory.CreateDirectory(DataOf(homes[1]));
        foreach (string file in Directory.GetFiles(DataOf(homes[0])))
        {
            File.Copy(file, Path.Combine(DataOf(homes[1]), Path.GetFileName(file)));
        }

        return (homes[0], homes[1]);
    }

    /// <summary>Runs a node until it has a block with one transaction more.</summary>
    private async Task<TransactionId> WriteAsync(string home, ulong skew, ulong number)
    {
        await using ChainNode node = await ChainNode.StartAsync(new ChainNodeOptions
        {
            Chain = Define(skew),
            Store = RocksDbStore.Open(DataOf(home), new RocksDbStoreOptions()),
            Engine = new EngineOptions { ProducesBlocks = true },
            JobThreads = 1,
        });
        DevKey alice = DevKey.All[0];
        var transaction = Transaction.Sign(
            new TransactionTerms(await node.NextNonceAsync(alice.Address), Fee: 0, new BlockHeight(1000), _note.Write(number)), node.Chain.GenesisId, alice.Key);
        await node.SubmitAndWaitAsync(transaction);
        return transaction.Id;
    }

    private async Task<JsonNode> CompareAsync(string one, string other, int exit)
    {
        ToolResult told = await _program.RunAsync("replay", "--json", "--compare", one, other);
        Assert.True(told.Exit == exit, told.Output + told.Errors);
        return JsonNode.Parse(told.Output)!;
    }
}
