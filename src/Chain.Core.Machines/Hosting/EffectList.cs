using Chain.Core.Wire;

namespace Chain.Core.Machines;

/// <summary>Collects the effects of one step for a host or a test to carry out in order.</summary>
public sealed class EffectList : IEffects
{
    private readonly List<Effect> _effects = [];

    /// <summary>The effects so far, in order.</summary>
    public IReadOnlyList<Effect> Effects => _effects;

    /// <summary>Forgets them all, before the next step.</summary>
    public void Clear() => _effects.Clear();

    /// <inheritdoc/>
    public void Send(ConnectionId connection, PeerMessage message) => _effects.Add(Effect.Send(connection, message));

    /// <inheritdoc/>
    public void Dial(PeerAddress address) => _effects.Add(Effect.Dial(address));

    /// <inheritdoc/>
    public void Close(ConnectionId connection, string reason) => _effects.Add(Effect.Close(connection, reason));

    /// <inheritdoc/>
    public void SetTimer(TimerKey key, Instant due) => _effects.Add(Effect.SetTimer(key, due));

    /// <inheritdoc/>
    public void CancelTimer(TimerKey key) => _effects.Add(Effect.CancelTimer(key));

    /// <inheritdoc/>
    public void Write(WriteBatch batch, Durability durability) => _effects.Add(Effect.Write(batch, durability));

    /// <inheritdoc/>
    public void HoldUntilDurable() => _effects.Add(Effect.HoldUntilDurable());

    /// <inheritdoc/>
    public void Offload(JobId id, Job job) => _effects.Add(Effect.Offload(id, job));

    /// <inheritdoc/>
    public void Emit(DomainEvent domainEvent) => _effects.Add(Effect.Emit(domainEvent));
}
