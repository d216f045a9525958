using System.Net;
using Chain.Core.Consensus;
using Chain.Core.Gossip;
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chain.Core.Node.Tests.Divergence;

public sealed class DivergenceReportTests
{
    private const int NotRepeatable = 1008;
    private const int ExecutesOtherwise = 1009;
    private const int PartsFromPeer = 1010;

    [Fact]
    public async Task Log_ModuleGivesAnotherNumberEachTime_NamesHeightModuleKeyAndTransaction()
    {
        ulong drift = 0;
        var module = new NumberModule(_ => ++drift);
        var lines = new LogLines();
        using IHost host = HostOf(module, lines, static chain => chain.ProduceBlocks());
        await host.StartAsync();
        ChainNode node = await NodeOf(host);
        Transaction culprit = Write(module, node.Chain, 7);

        Task reported = TestNodes.WaitForAsync(node, static happened => happened is NodeEvent.StateDiverged);
        await node.SubmitAsync(culprit);
        await reported;
        await TestNodes.PollAsync(() => lines.Of(NotRepeatable).Count > 0);
        await host.StopAsync();

        string line = lines.Of(NotRepeatable)[0];
        Assert.Contains("block #1 ", line, StringComparison.Ordinal);
        Assert.Contains($"Module number, key 0x{Convert.ToHexStringLower(module.Number.Key)} is 0x", line, StringComparison.Ordinal);
        Assert.Contains($"written by transaction 0x{culprit.Id.Value}", line, StringComparison.Ordinal);
        Assert.Empty(lines.Of(ExecutesOtherwise));
    }

    [Fact]
    public async Task Log_NodesWithDifferentRules_NamesHeightModuleKeyBothValuesAndTransactionAndKeepsWhatCameOut()
    {
        Parted parted = await PartAsync(static options => options);

        string line = Assert.Single(parted.Lines.Of(PartsFromPeer));
        Assert.Contains("block #1 ", line, StringComparison.Ordinal);
        Assert.Contains($"Module number, key 0x{Convert.ToHexStringLower(parted.Module.Number.Key)} is 0x07 here and 0x08 there", line, StringComparison.Ordinal);
        Assert.Contains($"written by transaction 0x{parted.Written.Id.Value}", line, StringComparison.Ordinal);
        StateMismatch kept = Assert.Single(parted.Kept);
        Assert.Equal(parted.Refused.Id, kept.Block.Id);
        Assert.Contains($"the roots are {kept.StateRoot} here", line, StringComparison.Ordinal);
        Assert.EndsWith(parted.Refused.Fields.StateRoot.ToString(), line, StringComparison.Ordinal);
        Assert.Empty(parted.Lines.Of(NotRepeatable));
        Assert.Empty(parted.Lines.Of(ExecutesOtherwise));
    }

    [Fact]
    public async Task Log_PeerOfAnOlderVersion_SaysThatTheOtherIsNeeded()
    {
        Parted parted = await PartAsync(
            static options => options with { Capabilities = PeerCapabilities.FullHistory | PeerCapabilities.TransactionRelay });

        string line = Assert.Single(parted.Lines.Of(ExecutesOtherwise));
        Assert.Contains($"the header has {parted.Refused.Fields.StateRoot}", line, StringComparison.Ordinal);
        Assert.Contains("no peer could be asked", line, StringComparison.Ordinal);
        Assert.Empty(parted.Lines.Of(PartsFromPeer));
    }

    /// <summary>Two nodes whose modules differ, until the one has told why it refused a block of the other.</summary>
    private static async Task<Parted> PartAsync(Func<GossipOptions, GossipOptions> producers)
    {
        var lines = new LogLines();
        var disk = new MemoryStore();
        var theirs = new NumberModule(static number => number + 1);
        var ours = new NumberModule(static number => number);
        await using ChainNode producer = await ChainNode.StartAsync(new ChainNodeOptions
        {
            Chain = ChainOf(theirs),
            Store = new MemoryStore(),
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Engine = new EngineOptions { ProducesBlocks = true },
            Gossip = producers,
            JobThreads = 1,
        });
        using IHost host = HostOf(ours, lines, chain => chain.UseStore(() => disk).Connect($"127.0.0.1:{producer.ListenEndPoint!.Port}"));
        await host.StartAsync();
        ChainNode follower = await NodeOf(host);
        await TestNodes.WaitForPeerAsync(follower);
        await TestNodes.WaitForPeerAsync(producer);
        Task reported = TestNodes.WaitForAsync(follower, static happened => happened is NodeEvent.StateDiverged);

        Transaction written = Write(theirs, producer.Chain, 7);
        await producer.SubmitAndWaitAsync(written);
        await reported;
        await TestNodes.PollAsync(() => lines.Of(ExecutesOtherwise).Count + lines.Of(PartsFromPeer).Count > 0);
        IReadOnlyList<StateMismatch> kept = ChainRecords.ReadMismatches(disk);
        await host.StopAsync();
        return new Parted(lines, ours, written, producer.Head, kept);
    }

    private static ChainDefinition ChainOf(NumberModule module) =>
        new(new DevConsensus(), new LedgerDefinition([module]), new GenesisSpec(15, "numbers", new UnixTime(1_767_225_600_000), []));

    private static IHost HostOf(NumberModule module, LogLines lines, Func<ChainNodeBuilder, ChainNodeBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(lines);
        builder.Services.AddChainNode(chain => configure(chain.UseChain(ChainOf(module))));
        return builder.Build();
    }

    private static Task<ChainNode> NodeOf(IHost host) => host.Services.GetRequiredService<ChainNodeService>().Node.WaitAsync(TestNodes.Patience);

    private static Transaction Write(NumberModule module, ChainDefinition chain, ulong number) => Transaction.Sign(
        new TransactionTerms(0, 0, new BlockHeight(1000), module.Write(number)), chain.GenesisId, TestNodes.Alice);

    private sealed record Parted(LogLines Lines, NumberModule Module, Transaction Written, BlockHeader Refused, IReadOnlyList<StateMismatch> Kept);

    /// <summary>Keeps what a function makes of a number.</summary>
    private sealed class NumberModule : Module
    {
        private readonly ModuleMethod<ulong> _write;

        public NumberModule(Func<ulong, ulong> make)
            : base("number")
        {
            Number = Value("number", Codecs.U64);
            _write = Method("write", Codecs.U64, (context, number) =>
            {
                Number.Set(context, make(number));
                return CallResult.Success;
            });
        }

        public StateValue<ulong> Number { get; }

        public Call Write(ulong number) => _write.Call(number);
    }
}
