namespace Chain.Core.Rpc;

/// <summary>What methods answer from.</summary>
/// <param name="Node">The node.</param>
/// <param name="Events">What happened to the chain.</param>
/// <param name="Desk">Where transactions are handed in.</param>
/// <param name="HeavyWork">Lets in as many calls that execute transactions as may run at once.</param>
/// <param name="Live">The limits, which may change.</param>
internal sealed record RpcServices(ChainNode Node, EventLog Events, SubmissionDesk Desk, SemaphoreSlim HeavyWork, LiveOptions Live)
{
    /// <summary>The limits of now.</summary>
    public RpcServerOptions Options => Live.Current;
}
