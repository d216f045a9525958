namespace Chain.Core.Rpc;

/// <summary>The options of a server that runs: what clients may spend can change, listeners and what was made at the start cannot.</summary>
internal sealed class LiveOptions(RpcServerOptions start)
{
    private volatile RpcServerOptions _current = start;

    public RpcServerOptions Current => _current;

    /// <summary>Takes over what can change while the server runs.</summary>
    /// <exception cref="RpcConfigurationException">A value is wrong; all stays as it is.</exception>
    public void Change(RpcServerOptions options)
    {
        RpcServerOptions changed = _current with
        {
            AllowedOrigins = options.AllowedOrigins,
            AllowedHosts = options.AllowedHosts,
            MaxRequestBytes = options.MaxRequestBytes,
            MaxResponseBytes = options.MaxResponseBytes,
            MaxBufferedBytes = options.MaxBufferedBytes,
            MaxBatch = options.MaxBatch,
            RequestsPerSecond = options.RequestsPerSecond,
            MaxStreams = options.MaxStreams,
            MaxSubscriptionsPerConnection = options.MaxSubscriptionsPerConnection,
            SlowClientTimeout = options.SlowClientTimeout,
            SubmitPatience = options.SubmitPatience,
        };
        changed.Validate();
        _current = changed;
    }
}
