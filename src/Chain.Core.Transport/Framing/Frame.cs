using System.Buffers.Binary;
using Chain.Core.Wire;

namespace Chain.Core.Transport;

/// <summary>A message on its way: 4 bytes of length, big-endian, then the message with its kind byte in front.</summary>
internal static class Frame
{
    public const int LengthSize = 4;

    /// <summary>Length and kind: what a reader must see before it knows the cap.</summary>
    public const int HeaderSize = LengthSize + 1;

    /// <summary>
    /// Kinds from here on are optional: who does not know one skips it. A newer version may send them to an older
    /// one; every other kind that is unknown ends the connection.
    /// </summary>
    public const byte FirstOptionalKind = 0x80;

    /// <summary>Most bytes of an optional message.</summary>
    public const int OptionalBytes = 64 * 1024;

    public static byte[] Encode(PeerMessage message)
    {
        var writer = new WireWriter();
        writer.Raw(stackalloc byte[LengthSize]);
        PeerMessageCodec.Encode(message, writer);
        byte[] frame = writer.ToArray();
        int length = frame.Length - LengthSize;
        if (length > PeerMessageCodec.MaxBytes(message.Kind))
        {
            throw new ArgumentException($"{message.Kind} of {length} bytes is over its limit.", nameof(message));
        }

        BinaryPrimitives.WriteInt32BigEndian(frame, length);
        return frame;
    }
}
