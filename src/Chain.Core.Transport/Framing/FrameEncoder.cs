using Chain.Core.Wire;

namespace Chain.Core.Transport;

/// <summary>Encodes a message once where it goes to many peers one after the other.</summary>
internal sealed class FrameEncoder
{
    private volatile Encoded? _last;

    public ReadOnlyMemory<byte> Encode(PeerMessage message)
    {
        // Messages are immutable, so that the same object is the same bytes.
        Encoded? last = _last;
        if (last is null || !ReferenceEquals(last.Message, message))
        {
            last = new Encoded(message, Frame.Encode(message));
            _last = last;
        }

        return last.Bytes;
    }

    private sealed record Encoded(PeerMessage Message, byte[] Bytes);
}
