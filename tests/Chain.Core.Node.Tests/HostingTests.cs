using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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

    [Fact]
    public void AddChainNode_Twice_IsRefused()
    {
        IServiceCollection services = new ServiceCollection().AddChainNode(chain => Configure(chain));

        Assert.Throws<InvalidOperationException>(() => services.AddChainNode(chain => Configure(chain)));
    }

    [Fact]
    public async Task HealthChecks_NodeAloneThoughItHasPeers_IsLiveAndNotReady()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddChainNode(chain => Configure(chain).Connect("127.0.0.1:1"));
        using IHost host = builder.Build();
        await host.StartAsync();
        ChainNode node = await host.Services.GetRequiredService<ChainNodeService>().Node.WaitAsync(TestNodes.Patience);

        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Healthy, report.Entries["chain-live"].Status);
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["chain-ready"].Status);
        Assert.Equal("alone: none of 1 configured peers has said hello", report.Entries["chain-ready"].Description);

        await host.StopAsync();
        await node.Stopped.WaitAsync(TestNodes.Patience);
        report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["chain-live"].Status);
    }

    [Fact]
    public async Task Logs_TwoBlocks_OneLineEachOfAtMost160Characters()
    {
        var lines = new LogLines();
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(lines);
        builder.Services.AddChainNode(chain => Configure(chain).ProduceBlocks());
        using IHost host = builder.Build();
        await host.StartAsync();
        ChainNode node = await host.Services.GetRequiredService<ChainNodeService>().Node.WaitAsync(TestNodes.Patience);

        await node.CommandAsync("seal");
        await TestNodes.WaitForHeightAsync(node, 1);
        await node.CommandAsync("seal");
        await TestNodes.WaitForHeightAsync(node, 2);
        await host.StopAsync();

        List<string> blocks = lines.Of(1001);
        Assert.Equal(["#1 ", "#2 "], blocks.Select(line => line[..3]));
        Assert.All(blocks, line => Assert.InRange(line.Length, 10, 160));
        Assert.Single(lines.Of(1000));
    }

    private static ChainNodeBuilder Configure(ChainNodeBuilder chain) => chain
        .UseConsensus(new DevConsensus())
        .AddModule<TokenModule>()
        .UseGenesis(new GenesisSpec(12, "hosted", new UnixTime(1_767_225_600_000), []));
}
