using System.Collections.Concurrent;
using System.Diagnostics;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Node.Tests.Tracing;

/// <summary>Hears the spans of one transaction, of every node of the process.</summary>
internal sealed class SpanLog : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _spans = new();

    public SpanLog(TransactionId transaction)
    {
        string id = $"0x{transaction.Value}";
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name.StartsWith("Chain.Core.", StringComparison.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if ((string?)span.GetTagItem("chain.transaction.id") == id)
                {
                    _spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> Spans => [.. _spans];

    /// <summary>The first span of this name, on a node and with a peer where these are given.</summary>
    public Activity? Find(string name, PeerId? node = null, PeerId? peer = null) => _spans.FirstOrDefault(span =>
        span.OperationName == $"transaction {name}"
        && (node is null || NodeOf(span) == $"0x{node.Value.PublicKey}")
        && (peer is null || (string?)span.GetTagItem("chain.peer") == $"0x{peer.Value.PublicKey}"));

    public static string? NodeOf(Activity span) => (string?)span.GetTagItem("chain.node");

    public void Dispose() => _listener.Dispose();
}
