using Chain.Core.Wire;

namespace Chain.Core.Machines;

/// <summary>Takes the effects of one step, append-only. The host carries them out in this order after the step.</summary>
public interface IEffects
{
    /// <summary>Sends a message; nothing happens where the connection is gone by then.</summary>
    void Send(ConnectionId connection, PeerMessage message);

    /// <summary>Tries to open a connection; the host answers with connected or dial failed.</summary>
    void Dial(PeerAddress address);

    /// <summary>Closes a connection after what was sent before; no input of it follows.</summary>
    void Close(ConnectionId connection, string reason);

    /// <summary>Sets a timer, in place of an earlier one under the same key. It fires once.</summary>
    void SetTimer(TimerKey key, Instant due);

    /// <summary>Cancels a timer. One that is not set is not an error; a cancelled one never reaches the machine.</summary>
    void CancelTimer(TimerKey key);

    /// <summary>
    /// Applies a batch to the store as a whole or not at all. Later jobs of this machine see it. Where a durable write of the same step
    /// came before, a host may apply both together, ahead of what stands between them, unless that is a job.
    /// </summary>
    void Write(WriteBatch batch, Durability durability);

    /// <summary>Holds every later effect of this step until all earlier durable writes are on stable storage.</summary>
    void HoldUntilDurable();

    /// <summary>Runs a pure job elsewhere, over a snapshot that includes every write so far; its result comes back as an input.</summary>
    void Offload(JobId id, Job job);

    /// <summary>Tells the host, or the machine around this one, that something happened.</summary>
    void Emit(DomainEvent domainEvent);
}
