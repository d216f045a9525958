using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chain.Core.Node.Tests;

public sealed class HostingTests
{
    [Fact]
    public async Task AddChainNode_HostStarted_NodeRunsAndStopsWithIt()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddChainNode(chain => Configure(chain).Listen("127.0.0.1:0").ProduceBlocks());
        using IHost host = builder.Build();
        await host.StartAsync();
        ChainNode node = await host.Services.GetRequiredService<ChainNodeService>().Node.WaitAsync(TestNodes.Patience);

        Assert.Equal(BlockHeight.Genesis, node.Head.Height);
        Assert.NotEqual(0, node.ListenEndPoint!.Port);

        await host.StopAsync();
        await node.Stopped.WaitAsync(TestNodes.Patience);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:99999")]
    public void Listen_NoEndPoint_SaysWhatWasExpected(string text)
    {
        var wrong = Assert.Throws<FormatException>(
            () => new ServiceCollection().AddChainNode(chain => Configure(chain).Listen(text)));

        Assert.Contains(text, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddChainNode_WithoutConsensus_SaysWhatIsMissing()
    {
        var wrong = Assert.Throws<InvalidOperationException>(
            () => new ServiceCollection().AddChainNode(chain => chain.AddModule<TokenModule>()));

        Assert.Contains("UseConsensus", wrong.Message, StringComparison.Ordinal);
    }

    private static ChainNodeBuilder Configure(ChainNodeBuilder chain) => chain
        .UseConsensus(new DevConsensus())
        .AddModule<TokenModule>()
        .UseGenesis(new GenesisSpec(12, "hosted", new UnixTime(1_767_225_600_000), []));
}
