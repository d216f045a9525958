using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>What a node told in a window, to be handed on after it.</summary>
internal readonly record struct ToldEvent(Instant Time, SimulatedNode Node, DomainEvent Event);
