using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Mempool;

/// <summary>Keeps the effects that a mempool may have; any other fails the test.</summary>
internal sealed class RecordingEffects(MemoryReader? store = null) : IEffects
{
    public List<(JobId Id, Job Job)> Jobs { get; } = [];

    public List<(WriteBatch Batch, Durability Durability)> Writes { get; } = [];

    public List<MempoolEvent> Events { get; } = [];

    public Dictionary<TimerKey, Instant> Timers { get; } = [];

    public void Send(ConnectionId connection, PeerMessage message) => throw new NotSupportedException();

    public void Dial(PeerAddress address) => throw new NotSupportedException();

    public void Close(ConnectionId connection, string reason) => throw new NotSupportedException();

    public void SetTimer(TimerKey key, Instant due) => Timers[key] = due;

    public void CancelTimer(TimerKey key) => Timers.Remove(key);

    public void Write(WriteBatch batch, Durability durability)
    {
        Writes.Add((batch, durability));
        store?.Apply(batch);
    }

    public void HoldUntilDurable() => throw new NotSupportedException();

    public void Offload(JobId id, Job job) => Jobs.Add((id, job));

    public void Emit(DomainEvent domainEvent) => Events.Add((MempoolEvent)domainEvent);
}
