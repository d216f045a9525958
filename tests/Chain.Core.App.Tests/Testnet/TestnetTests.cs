using Chain.Core.App.Errors;
using Chain.Core.App.Testnet;

namespace Chain.Core.App.Tests.Testnet;

/// <summary>What can be said of testnets without their processes; those run in eng/check-templates.sh.</summary>
public sealed class TestnetTests : IDisposable
{
    private readonly Program _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void Parse_EveryNodeOnce_IsTheGroups()
    {
        IReadOnlyList<IReadOnlyList<int>> groups = PartitionVerb.Parse(["0,1", "2,3"], 4);

        Assert.Equal([[0, 1], [2, 3]], groups);
        var state = new TestnetState("mars", null, [], groups);
        Assert.Equal([2, 3], state.CutOffFrom(1));
        Assert.Empty((state with { Groups = null }).CutOffFrom(1));
    }

    [Theory]
    [InlineData("0,1", "2")]
    [InlineData("0,1", "1,2,3")]
    [InlineData("0,1", "2,4")]
    [InlineData("0,1", "2,x")]
    [InlineData("0,1,2,3", "")]
    [InlineData("0,1", "2,-3")]
    public void Parse_NotEveryNodeOnce_SaysWhatIsWrong(params string[] groups)
    {
        UsageException wrong = Assert.Throws<UsageException>(() => PartitionVerb.Parse(groups, 4));

        Assert.Equal(FaultCode.Value, wrong.Code);
    }

    [Theory]
    [InlineData("kill", "1")]
    [InlineData("heal")]
    [InlineData("assert")]
    [InlineData("down")]
    [InlineData("partition", "0", "1")]
    public async Task Verb_WithoutATestnet_SaysHowToMakeOne(params string[] words)
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        (await _program.RunAsync([.. words.Prepend("testnet"), "--dir", folder])).IsMistake("CC2030", "testnet up");
    }

    [Theory]
    [InlineData("-n", "0")]
    [InlineData("-n", "11")]
    [InlineData("--consensus", "poa")]
    public async Task Up_WithAWrongOption_IsRefused(string option, string value) =>
        Assert.Equal(78, (await _program.RunAsync("testnet", "up", option, value)).Exit);

    [Fact]
    public async Task Node_TaskThatFailsUnobserved_IsInItsLog()
    {
        using var stop = new CancellationTokenSource();
        var folder = new TestnetFolder(new ChainApp("chain"), Path.Combine(_program.User, "testnet"));
        folder.Create(1, "dev");
        await using var said = new LineLog();
        Task<int> running = TestnetNode.RunAsync(folder, 0, said, stop.Token);
        await said.WaitForAsync(TestnetNode.ReadyLine);

        LostTask.Fail();

        await stop.CancelAsync();
        Assert.Equal(0, await running);
        Assert.Contains("CC2022 a task failed and nobody looked at it, InvalidOperationException: nobody looks", await File.ReadAllTextAsync(folder.LogFile(0)), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_OfTheTool_GivesEveryNodePortsOfItsOwnAndAChainThatReads()
    {
        string path = Directory.CreateTempSubdirectory("chain-testnet-").FullName;
        var folder = new TestnetFolder(new ChainApp("chain"), path);

        TestnetState state = folder.Create(3, "pos");

        Assert.Equal(9, state.Nodes.SelectMany(static node => new[] { node.PeerPort, node.RpcPort, node.AdminPort }).Distinct().Count());
        Assert.Equal(3, folder.Chain().GenesisValidators!.Validators.Count);
        Assert.Equal(state.Nodes, folder.Read().Nodes);
        folder.Create(2, "dev");
        Assert.Equal("dev", folder.Chain().Consensus.Name);
        Directory.Delete(path, recursive: true);
    }
}
