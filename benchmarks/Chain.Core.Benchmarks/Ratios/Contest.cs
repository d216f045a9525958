namespace Chain.Core.Benchmarks.Ratios;

/// <summary>The two sides of a ratio, ready to run.</summary>
/// <param name="Ours">One call of ours; throws where its answer is wrong.</param>
/// <param name="Peer">One call of the peer's, on the same input; throws where its answer is wrong.</param>
/// <param name="FindDisagreement">Runs both, not timed: null where the answers are the same, else what differs.</param>
internal sealed record Contest(Action Ours, Action Peer, Func<string?> FindDisagreement);
