using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>A wall clock that is off.</summary>
/// <param name="skew">How far ahead it is; negative where it is behind.</param>
public sealed class ClockSkewAdversary(TimeSpan skew) : Adversary
{
    /// <inheritdoc/>
    public override UnixTime ReadClock(UnixTime wallClock) => wallClock.Plus(skew);
}
