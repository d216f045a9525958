using Chain.Core.Wire;

namespace Chain.Core.Machines;

/// <summary>One effect of a step, as a value. Which members mean something depends on <see cref="Kind"/>.</summary>
public readonly struct Effect
{
    private readonly object? _subject;
    private readonly ulong _number;
    private readonly long _other;
    private readonly int _code;

    private Effect(EffectKind kind, object? subject = null, ulong number = 0, long other = 0, int code = 0)
    {
        Kind = kind;
        _code = code;
        _subject = subject;
        _number = number;
        _other = other;
    }

    /// <summary>Which effect this is.</summary>
    public EffectKind Kind { get; }

    /// <summary>Of send and close.</summary>
    public ConnectionId Connection => new(_number);

    /// <summary>Of send.</summary>
    public PeerMessage Message => (PeerMessage)_subject!;

    /// <summary>Of dial.</summary>
    public PeerAddress Address => (PeerAddress)_subject!;

    /// <summary>Of close.</summary>
    public string Reason => (string)_subject!;

    /// <summary>Of set and cancel timer.</summary>
    public TimerKey Timer => new(_code, _number);

    /// <summary>Of set timer.</summary>
    public Instant Due => new(_other);

    /// <summary>Of write.</summary>
    public WriteBatch Batch => (WriteBatch)_subject!;

    /// <summary>Of write.</summary>
    public Durability Durability => (Durability)_other;

    /// <summary>Of offload.</summary>
    public JobId JobId => new(_number);

    /// <summary>Of offload.</summary>
    public Job Job => (Job)_subject!;

    /// <summary>Of emit.</summary>
    public DomainEvent Event => (DomainEvent)_subject!;

    internal static Effect Send(ConnectionId connection, PeerMessage message) => new(EffectKind.Send, message, connection.Value);

    internal static Effect Dial(PeerAddress address) => new(EffectKind.Dial, address);

    internal static Effect Close(ConnectionId connection, string reason) => new(EffectKind.Close, reason, connection.Value);

    internal static Effect SetTimer(TimerKey key, Instant due) => new(EffectKind.SetTimer, number: key.Subject, other: due.Microseconds, code: key.Kind);

    internal static Effect CancelTimer(TimerKey key) => new(EffectKind.CancelTimer, number: key.Subject, code: key.Kind);

    internal static Effect Write(WriteBatch batch, Durability durability) => new(EffectKind.Write, batch, other: (long)durability);

    internal static Effect HoldUntilDurable() => new(EffectKind.HoldUntilDurable);

    internal static Effect Offload(JobId id, Job job) => new(EffectKind.Offload, job, id.Value);

    internal static Effect Emit(DomainEvent domainEvent) => new(EffectKind.Emit, domainEvent);
}
