using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// Something that happens to a node at its time. Which members mean something depends on <see cref="Kind"/>. A value,
/// because most of what a simulation does is to queue these.
/// </summary>
internal readonly struct SimulatedEvent
{
    private readonly object? _subject;
    private readonly object? _other;
    private readonly ulong _number;
    private readonly int _code;

    private SimulatedEvent(SimulatedEventKind kind, object? subject = null, object? other = null, ulong number = 0, int code = 0)
    {
        Kind = kind;
        _subject = subject;
        _other = other;
        _number = number;
        _code = code;
    }

    public SimulatedEventKind Kind { get; }

    /// <summary>Of an input.</summary>
    public HostInput Value => (HostInput)_subject!;

    /// <summary>Of an input, the life of the node that is told, and of a dial, that of the dialler: a later life is not told.</summary>
    public ulong Incarnation => _number;

    /// <summary>Of a timer.</summary>
    public TimerKey Timer => new(_code, _number);

    /// <summary>Of a dial that arrived.</summary>
    public SimulatedNode Dialler => (SimulatedNode)_subject!;

    /// <summary>Of a dial that arrived: what was dialled.</summary>
    public PeerAddress Address => (PeerAddress)_other!;

    /// <summary>The end of the node that it happens to, of everything that comes over a connection.</summary>
    public Endpoint Local => (Endpoint)_subject!;

    /// <summary>Of a message: the sender's own object where messages go by reference, else null.</summary>
    public PeerMessage? Message => _other as PeerMessage;

    /// <summary>Of a message that is decoded on arrival.</summary>
    public byte[] Bytes => (byte[])_other!;

    /// <summary>Of a connection that was lost.</summary>
    public string Reason => (string)_other!;

    /// <summary>Has what it is about fetched, before it happens.</summary>
    public void FetchSubject() => Lookahead.Fetch(_subject, lines: 2);

    public static SimulatedEvent OfInput(HostInput value, ulong incarnation) => new(SimulatedEventKind.Input, value, number: incarnation);

    public static SimulatedEvent OfTimer(TimerKey key) => new(SimulatedEventKind.Timer, number: key.Subject, code: key.Kind);

    public static SimulatedEvent DialArrived(SimulatedNode dialler, PeerAddress address) =>
        new(SimulatedEventKind.DialArrived, dialler, address, dialler.Incarnation);

    public static SimulatedEvent DialAnswered(Endpoint local) => new(SimulatedEventKind.DialAnswered, local);

    public static SimulatedEvent OfMessage(Endpoint local, PeerMessage value) => new(SimulatedEventKind.Message, local, value);

    public static SimulatedEvent OfMessage(Endpoint local, byte[] bytes) => new(SimulatedEventKind.Message, local, bytes);

    public static SimulatedEvent ConnectionLost(Endpoint local, string reason) => new(SimulatedEventKind.ConnectionLost, local, reason);
}
