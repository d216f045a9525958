namespace Chain.Core;

/// <content>Health, for probes.</content>
public sealed partial class ChainNode
{
    /// <summary>A head this much below the best header is at the chain's tip: blocks are on their way all the time.</summary>
    private const ulong TipDistance = 2;

    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(30);

    private ulong _bestHeader;

    /// <summary>Whether the node lives and is ready; cheap enough to be asked often.</summary>
    public NodeHealth CheckHealth()
    {
        if (Stopped.IsCompleted)
        {
            return new NodeHealth(IsLive: false, [$"stopped: {Stopped.Exception?.InnerException?.Message ?? "disposed"}"]);
        }

        TimeSpan turn = _meters.Loop.SinceLastTurn;
        if (turn > LongestTurn)
        {
            return new NodeHealth(IsLive: false, [$"stuck: the loop has not turned for {turn.TotalSeconds:F0} s"]);
        }

        var reasons = new List<string>();
        ulong best = Volatile.Read(ref _bestHeader);
        ulong height = Head.Height.Value;
        if (best > height + TipDistance)
        {
            reasons.Add($"syncing: {best - height} behind");
        }

        if (_options.Connect.Count > 0 && PeerCount == 0)
        {
            reasons.Add($"alone: none of {_options.Connect.Count} configured peers has said hello");
        }

        return new NodeHealth(IsLive: true, reasons);
    }
}
