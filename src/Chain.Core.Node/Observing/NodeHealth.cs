namespace Chain.Core;

/// <summary>Whether a node lives, and whether it is ready for users.</summary>
/// <param name="IsLive">Whether the node runs; one that does not should be started anew.</param>
/// <param name="Reasons">Why it is not ready, each in one line for people; empty where it is.</param>
public sealed record NodeHealth(bool IsLive, IReadOnlyList<string> Reasons)
{
    /// <summary>Whether the node lives, follows the chain and has the peers that it needs.</summary>
    public bool IsReady => IsLive && Reasons.Count == 0;
}
