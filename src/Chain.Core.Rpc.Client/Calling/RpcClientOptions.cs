namespace Chain.Core.Rpc.Client;

/// <summary>How a client calls. Immutable; checked when the client is made.</summary>
public sealed record RpcClientOptions
{
    /// <summary>How long a call may take.</summary>
    /// <value>Thirty seconds by default; positive.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stream may be silent before it is taken for broken; servers say every few seconds that they are alive.</summary>
    /// <value>One minute by default; positive.</value>
    public TimeSpan StreamTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The first wait before a broken stream is opened again; it doubles with each failure in a row.</summary>
    /// <value>200 milliseconds by default; positive.</value>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest such wait.</summary>
    /// <value>Ten seconds by default; at least <see cref="ReconnectDelay"/>.</value>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest answer that is read, so that a hostile server cannot fill the memory.</summary>
    /// <value>In bytes; 32 MiB by default; positive.</value>
    public int MaxAnswerBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The token of a listener for administration.</summary>
    /// <value>Null by default: none is sent.</value>
    public string? BearerToken { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero, nameof(Timeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StreamTimeout, TimeSpan.Zero, nameof(StreamTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ReconnectDelay, TimeSpan.Zero, nameof(ReconnectDelay));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxReconnectDelay, ReconnectDelay, nameof(MaxReconnectDelay));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxAnswerBytes, nameof(MaxAnswerBytes));
    }
}
