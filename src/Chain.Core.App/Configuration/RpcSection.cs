using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Chain.Core.Rpc;

namespace Chain.Core.App.Configuration;

/// <summary>The server for wallets and dApps.</summary>
internal sealed class RpcSection
{
    [Description("Whether the node serves RPC, events, health and the explorer.")]
    public bool Enabled { get; init; } = true;

    [Description("The address that clients connect to.")]
    [RegularExpression("[0-9a-fA-F.:]+", ErrorMessage = "an IP address")]
    public string Address { get; init; } = "127.0.0.1";

    [Description("The port that clients connect to; 0 lets the system choose.")]
    [Range(0, 65_535, ErrorMessage = "a port from 0 to 65535")]
    public int Port { get; init; } = RpcServerOptions.DefaultPort;

    [Description("The port of 127.0.0.1 for administration, which asks for the token of the file admin.token; -1 for none.")]
    [Range(-1, 65_535, ErrorMessage = "a port from 0 to 65535, or -1 for none")]
    public int AdminPort { get; init; } = -1;

    [Description("Whether /explorer is a page that shows the chain.")]
    public bool Explorer { get; init; } = true;

    [Description("Origins of web pages that may call, such as https://wallet.example.")]
    [TakesEffectAtOnce]
    public string[] AllowedOrigins { get; init; } = [];

    [Description("Names that requests may be sent to, beside IP addresses and localhost.")]
    [TakesEffectAtOnce]
    public string[] AllowedHosts { get; init; } = [];

    [Description("Largest request in bytes.")]
    [Range(1024, 64 * 1024 * 1024, ErrorMessage = "1024 to 67108864 bytes")]
    [TakesEffectAtOnce]
    public int MaxRequestBytes { get; init; } = 1024 * 1024;

    [Description("Most requests in a batch.")]
    [Range(1, 10_000, ErrorMessage = "1 to 10000 requests")]
    [TakesEffectAtOnce]
    public int MaxBatch { get; init; } = 100;

    [Description("What one client address may ask in a second; 0 for no limit.")]
    [Range(0, 1_000_000, ErrorMessage = "50 to 1000000, or 0 for no limit")]
    [TakesEffectAtOnce]
    public int RequestsPerSecond { get; init; } = 1_000;

    [Description("Most connections at a time.")]
    [Range(1, 1_000_000, ErrorMessage = "1 to 1000000")]
    public int MaxConnections { get; init; } = 4_096;

    [Description("Most WebSockets and readers of events at a time; at most MaxConnections.")]
    [Range(0, 1_000_000, ErrorMessage = "0 to 1000000")]
    [TakesEffectAtOnce]
    public int MaxStreams { get; init; } = 2_048;
}
