using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>Something that happens to a node at its time.</summary>
internal abstract record SimulatedEvent
{
    private SimulatedEvent()
    {
    }

    /// <summary>An input of one life of the node; a later life is not told.</summary>
    internal sealed record Input(HostInput Value, ulong Incarnation) : SimulatedEvent;

    internal sealed record Timer(TimerKey Key, ulong Generation) : SimulatedEvent;

    internal sealed record DialArrived(SimulatedNode Dialler, ulong Incarnation, PeerAddress Address) : SimulatedEvent;

    internal sealed record DialAnswered(Endpoint Local) : SimulatedEvent;

    /// <summary>Bytes to decode, or the sender's own object where messages go by reference.</summary>
    internal sealed record Message(Endpoint Local, ReadOnlyMemory<byte> Bytes, PeerMessage? Value) : SimulatedEvent;

    internal sealed record ConnectionLost(Endpoint Local, string Reason) : SimulatedEvent;
}
