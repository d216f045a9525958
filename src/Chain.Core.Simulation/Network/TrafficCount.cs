using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>Messages and bytes by kind of message, as all nodes sent them, lost ones included.</summary>
public sealed class TrafficCount
{
    private readonly long[] _messages = new long[byte.MaxValue + 1];
    private readonly long[] _bytes = new long[byte.MaxValue + 1];

    /// <summary>Bytes of all messages, as encoded, without frames and encryption; 0 where nothing counts them.</summary>
    public long Bytes => _bytes.Sum();

    /// <summary>How many messages of a kind were sent.</summary>
    public long MessagesOf(MessageKind kind) => _messages[(byte)kind];

    /// <summary>Bytes of the messages of a kind.</summary>
    public long BytesOf(MessageKind kind) => _bytes[(byte)kind];

    internal void Add(TrafficCount other)
    {
        for (int kind = 0; kind < _messages.Length; kind++)
        {
            _messages[kind] += other._messages[kind];
            _bytes[kind] += other._bytes[kind];
        }
    }

    internal void Add(MessageKind kind, int bytes)
    {
        _messages[(byte)kind]++;
        _bytes[(byte)kind] += bytes;
    }
}
