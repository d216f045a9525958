using Chain.Core.Gossip;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>The effects of gossip: all go to the host, but its events, which wait for the machine around it.</summary>
internal sealed class MessageEffects : IEffects
{
    public IEffects Host { get; set; } = null!;

    public Queue<GossipEvent> Events { get; } = new();

    public void Send(ConnectionId connection, PeerMessage message) => Host.Send(connection, message);

    public void Dial(PeerAddress address) => Host.Dial(address);

    public void Close(ConnectionId connection, string reason) => Host.Close(connection, reason);

    public void SetTimer(TimerKey key, Instant due) => Host.SetTimer(key, due);

    public void CancelTimer(TimerKey key) => Host.CancelTimer(key);

    public void Write(WriteBatch batch, Durability durability) => Host.Write(batch, durability);

    public void HoldUntilDurable() => Host.HoldUntilDurable();

    public void Offload(JobId id, Job job) => Host.Offload(id, job);

    public void Emit(DomainEvent domainEvent) => Events.Enqueue((GossipEvent)domainEvent);
}
