namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// How long a view may take. A view that times out doubles it; a good one lets it come down, quickly at first, but not
/// below twice what the view took, so that a slow network does not make every other view fail.
/// </summary>
internal sealed class ViewTimer
{
    private readonly TimeSpan _shortest;
    private readonly TimeSpan _longest;

    public ViewTimer(TimeSpan shortest, TimeSpan longest)
    {
        _shortest = shortest;
        _longest = longest;
        Timeout = shortest;
    }

    public TimeSpan Timeout { get; private set; }

    public void OnTimedOut() => Timeout = Min(new TimeSpan(Timeout.Ticks * 2), _longest);

    /// <summary>A success never makes it longer: the view may have taken as long as the network was down.</summary>
    public void OnNotarized(TimeSpan took)
    {
        TimeSpan enough = Max(new TimeSpan(took.Ticks * 2), new TimeSpan(Timeout.Ticks / 2));
        Timeout = Max(_shortest, Min(Timeout, enough));
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
