using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>Has something happen to a node at a time, because of another one or of itself.</summary>
internal delegate void Scheduling(SimulatedNode source, in NodePlace destination, Instant time, in SimulatedEvent happening);
