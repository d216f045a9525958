namespace Chain.Core.Benchmarks.Rpc;

/// <summary>One subscriber to a node's events.</summary>
internal interface IEventSource : IDisposable
{
    /// <summary>Subscribes, and returns once the server has said so.</summary>
    Task OpenAsync();

    /// <summary>The height of the next block that it is told of as added to the chain; other events are passed over.</summary>
    Task<ulong> NextAddedAsync(CancellationToken patience);
}
