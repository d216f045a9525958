using Chain.Core.Machines;

namespace Chain.Core.Gossip;

/// <summary>One step of the machine, as its parts see it.</summary>
internal readonly record struct Step(Instant Now, DeterministicRandom Random, IEffects Effects);
