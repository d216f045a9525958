using Chain.Core.Wire;

namespace Chain.Core.Transport;

/// <summary>Turns the plaintext records of one connection into messages; each record belongs to one lane.</summary>
internal sealed class LaneReader
{
    private const int LaneCount = (int)MessageLane.Bulk + 1;

    private readonly FrameReader?[] _lanes = new FrameReader?[LaneCount];

    /// <summary>Appends the messages that <paramref name="record"/> completes.</summary>
    /// <param name="record">The lane's number, then bytes of that lane's stream of frames.</param>
    /// <param name="messages">Takes the messages in order.</param>
    /// <returns>Why the peer must be cut, or null.</returns>
    public string? Read(ReadOnlySpan<byte> record, List<PeerMessage> messages)
    {
        if (record.IsEmpty || record[0] >= LaneCount)
        {
            return "record of an unknown lane";
        }

        FrameReader lane = _lanes[record[0]] ??= new FrameReader();
        ReadOnlySpan<byte> data = record[1..];
        string? refusal = null;
        while (refusal is null && lane.TryRead(ref data, out byte[]? body, out refusal))
        {
            if (!PeerMessageCodec.TryDecode(body, out PeerMessage? message, out WireError error))
            {
                return $"malformed {(MessageKind)body[0]}: {error}";
            }

            messages.Add(message);
        }

        return refusal;
    }
}
