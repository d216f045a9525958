namespace Chain.Core.Simulation;

/// <summary>What can happen to a node; see <see cref="SimulatedEvent"/>.</summary>
internal enum SimulatedEventKind
{
    Input,
    Timer,
    DialArrived,
    DialAnswered,
    Message,
    ConnectionLost,
}
