using Chain.Core.Wire;

namespace Chain.Core.Machines;

/// <summary>What a machine is told beside its input.</summary>
/// <param name="Now">Monotonic time: for timeouts and measures.</param>
/// <param name="WallClock">Wall-clock time: for header times only. It may jump.</param>
/// <param name="Random">The component's own stream of randomness.</param>
public readonly record struct StepContext(Instant Now, UnixTime WallClock, DeterministicRandom Random);
