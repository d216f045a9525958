using System.Diagnostics;

namespace Chain.Core.Node;

/// <summary>How far a traced transaction has come on this node.</summary>
internal sealed class TracedTransaction(ActivityContext stage, DateTimeOffset since)
{
    /// <summary>The span of the last stage: what happens next is below it.</summary>
    public ActivityContext Stage { get; set; } = stage;

    /// <summary>When that stage ended.</summary>
    public DateTimeOffset Since { get; set; } = since;

    /// <summary>Spans of messages from and to peers.</summary>
    public int Hops { get; set; }
}
