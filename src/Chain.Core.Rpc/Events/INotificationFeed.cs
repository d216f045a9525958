namespace Chain.Core.Rpc;

/// <summary>What a connection is told of after it has asked for it.</summary>
internal interface INotificationFeed
{
    /// <summary>The method of the notifications.</summary>
    string Method { get; }

    /// <summary>Every notification; waits for the next one where there is none. Enumerated once.</summary>
    IAsyncEnumerable<RpcReply> ReadAllAsync(CancellationToken cancellation);
}
