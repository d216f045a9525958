namespace Chain.Core.Rpc.Client;

/// <summary>Waits between attempts, longer with each failure in a row.</summary>
internal sealed class Backoff(RpcClientOptions options)
{
    private TimeSpan _next = options.ReconnectDelay;

    public void Reset() => _next = options.ReconnectDelay;

    public Task WaitAsync(CancellationToken cancellation)
    {
        TimeSpan now = _next;
        TimeSpan doubled = now + now;
        _next = doubled < options.MaxReconnectDelay ? doubled : options.MaxReconnectDelay;
        return Task.Delay(now, options.Time, cancellation);
    }
}
