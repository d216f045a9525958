using System.Net;
using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chain.Core.Rpc.Tests.Hosting;

/// <summary>Options are checked once, at start, and the host runs the server.</summary>
public sealed class OptionsTests
{
    public static TheoryData<RpcServerOptions, string> Wrong => new()
    {
        { new RpcServerOptions { MaxBatch = 0 }, "Rpc:MaxBatch: expected 1 to 10000 requests, found 0." },
        { new RpcServerOptions { MaxRequestBytes = 10 }, "Rpc:MaxRequestBytes: expected 1024 to 67108864 bytes, found 10." },
        { new RpcServerOptions { MaxBufferedBytes = 1 << 20 }, "Rpc:MaxBufferedBytes: expected at least four times MaxRequestBytes, 4194304 bytes, found 1048576." },
        { new RpcServerOptions { RequestsPerSecond = 7 }, "Rpc:RequestsPerSecond: expected 50 to 1000000, or 0 for no limit, found 7." },
        { new RpcServerOptions { MaxStreams = 5, MaxConnections = 4 }, "Rpc:MaxStreams: expected 0 to MaxConnections, found 5." },
        { new RpcServerOptions { IdleTimeout = TimeSpan.Zero }, "Rpc:IdleTimeout: expected a positive time of at most a day, found 00:00:00." },
        { new RpcServerOptions { AllowedOrigins = ["wallet.example"] }, "Rpc:AllowedOrigins: expected a scheme, a host and perhaps a port, such as https://wallet.example, found wallet.example." },
        { new RpcServerOptions { Admin = new RpcAdminOptions { TokenFile = " " } }, "Rpc:Admin.TokenFile: expected the path of a file, found nothing." },
        {
            new RpcServerOptions { Admin = new RpcAdminOptions { TokenFile = "t", Listen = new IPEndPoint(IPAddress.Loopback, 8645) } },
            "Rpc:Admin.Listen: expected another port than Listen, found 8645."
        },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Validate_WrongValue_NamesItAndWhatWasExpected(RpcServerOptions options, string message) =>
        Assert.Equal(message, Assert.Throws<RpcConfigurationException>(options.Validate).Message);

    [Fact]
    public void Validate_Defaults_AreRight()
    {
        var options = new RpcServerOptions();

        options.Validate();

        Assert.Equal("127.0.0.1:8645", options.Listen.ToString());
        Assert.Null(options.Admin);
    }

    [Fact]
    public async Task Start_PortIsTaken_SaysWhichOption()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        var options = new RpcServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, served.Server.Url.Port) };

        RpcConfigurationException refused = await Assert.ThrowsAsync<RpcConfigurationException>(() => RpcServer.StartAsync(served.Node, options));

        Assert.StartsWith($"Rpc:Listen: expected a free port, but 127.0.0.1:{served.Server.Url.Port}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_WithNodeAndServer_ServesUntilItStops()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddChainNode(chain => chain
            .UseConsensus(new DevConsensus())
            .UseGenesis(new GenesisSpec(7, "hosted", new UnixTime(1_767_225_600_000), []))
            .AddModule<TokenModule>());
        builder.Services.AddChainRpc(new RpcServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) });
        using IHost host = builder.Build();
        await host.StartAsync();
        RpcServer server = await host.Services.GetRequiredService<RpcServerService>().Server.WaitAsync(ServedNode.Patience);
        using var http = new HttpClient { BaseAddress = server.Url };

        Assert.Contains("ready", await http.GetStringAsync("/health/ready"), StringComparison.Ordinal);
        await host.StopAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync("/health/ready"));
    }

    [Fact]
    public void AddChainRpc_WithoutNodeOrTwice_SaysSo()
    {
        var services = new ServiceCollection();
        Assert.Throws<InvalidOperationException>(() => services.AddChainRpc());
        services.AddChainNode(chain => chain
            .UseConsensus(new DevConsensus()).UseGenesis(new GenesisSpec(7, "hosted", new UnixTime(1), [])).AddModule<TokenModule>());
        services.AddChainRpc();
        Assert.Throws<InvalidOperationException>(() => services.AddChainRpc());
    }
}
