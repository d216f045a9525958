using Microsoft.Extensions.Options;

namespace Chain.Core.App.Configuration;

/// <summary>All that an operator can set: <c>config.json</c>, the environment, and <c>--set</c>. Immutable by custom once bound.</summary>
internal sealed class NodeSettings
{
    [ValidateObjectMembers]
    public StoreSection Node { get; init; } = new();

    [ValidateObjectMembers]
    public PeerSection P2P { get; init; } = new();

    [ValidateObjectMembers]
    public ProducerSection Producer { get; init; } = new();

    [ValidateObjectMembers]
    public RpcSection Rpc { get; init; } = new();

    [ValidateObjectMembers]
    public MetricsSection Metrics { get; init; } = new();

    [ValidateObjectMembers]
    public TracingSection Tracing { get; init; } = new();

    public LoggingSection Logging { get; init; } = new();
}
