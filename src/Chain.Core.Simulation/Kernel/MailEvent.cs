namespace Chain.Core.Simulation;

/// <summary>An event that is not with its node's queue yet.</summary>
internal readonly struct MailEvent(int inShard, in ComingEvent coming)
{
    /// <summary>The number of the node among those of its shard.</summary>
    public readonly int InShard = inShard;
    public readonly ComingEvent Event = coming;
}
