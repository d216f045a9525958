using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// The effects of one part of the full node: timers and jobs get the part's number, so that the parts' own numbers
/// cannot collide; events stay inside and are handed to <paramref name="onEvent"/>.
/// </summary>
internal sealed class PartEffects(NodePart part, Action<DomainEvent> onEvent) : IEffects
{
    private const int PartShift = 56;
    private const int KindShift = 24;

    /// <summary>Where the effects of the current step go.</summary>
    public IEffects Host { get; set; } = null!;

    public static (NodePart Part, TimerKey Key) Split(TimerKey key) =>
        ((NodePart)(key.Kind >> KindShift), key with { Kind = key.Kind & ((1 << KindShift) - 1) });

    public static (NodePart Part, JobId Id) Split(JobId id) =>
        ((NodePart)(id.Value >> PartShift), new JobId(id.Value & ((1UL << PartShift) - 1)));

    public void Send(ConnectionId connection, PeerMessage message) => Host.Send(connection, message);

    public void Dial(PeerAddress address) => Host.Dial(address);

    public void Close(ConnectionId connection, string reason) => Host.Close(connection, reason);

    public void SetTimer(TimerKey key, Instant due) => Host.SetTimer(Join(key), due);

    public void CancelTimer(TimerKey key) => Host.CancelTimer(Join(key));

    public void Write(WriteBatch batch, Durability durability) => Host.Write(batch, durability);

    public void HoldUntilDurable() => Host.HoldUntilDurable();

    public void Offload(JobId id, Job job) => Host.Offload(new JobId(id.Value | ((ulong)part << PartShift)), job);

    public void Emit(DomainEvent domainEvent) => onEvent(domainEvent);

    private TimerKey Join(TimerKey key) => key with { Kind = key.Kind | ((int)part << KindShift) };
}
