namespace Chain.Core.Consensus;

/// <summary>How far a light client trusts.</summary>
public sealed record LightClientOptions
{
    /// <summary>
    /// How old the trusted block may be. Shorter than the time in which stake is unbonded: later, whoever signed a
    /// false block has nothing left to lose.
    /// </summary>
    /// <value>Fourteen days by default; positive.</value>
    public TimeSpan TrustPeriod { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How far ahead of the client's clock a block's time may be.</summary>
    /// <value>Ten seconds by default; not negative.</value>
    public TimeSpan FutureLimit { get; init; } = TimeSpan.FromSeconds(10);
}
