namespace Chain.Core.Benchmarks.Ratios;

/// <summary>The two sides of a ratio, ready to run.</summary>
/// <param name="Ours">One call of ours; throws where its answer is wrong.</param>
/// <param name="Peer">One call of the peer's, on the same input; throws where its answer is wrong.</param>
/// <param name="FindDisagreement">Runs both, not timed: null where the answers are the same, else what differs.</param>
internal sealed record Contest(Action Ours, Action Peer, Func<string?> FindDisagreement)
{
    /// <summary>What each side takes, where sizes are compared and nothing is timed.</summary>
    public (double Ours, double Peer)? Sizes { get; private init; }

    /// <summary>Frees what the sides hold, such as a directory; called when the figure is known.</summary>
    public Action Release { get; init; } = static () => { };

    /// <summary>Work without a peer, for a figure whose speed is asked for in <see cref="RatioCase.Required"/>.</summary>
    public static Contest Alone(Action ours, Func<string?> findMistake) => new(ours, static () => { }, findMistake);

    /// <summary>Two sizes instead of two speeds.</summary>
    public static Contest OfSizes(double ours, double peer, Func<string?> findMistake) =>
        new(static () => { }, static () => { }, findMistake) { Sizes = (ours, peer) };
}
