namespace Chain.Core.Wire.Tests;

/// <summary>Every decoder of outside bytes, in one shape.</summary>
internal static class Decoders
{
    /// <summary>Decodes, and encodes what was decoded again from its fields.</summary>
    internal delegate bool Decoder(ReadOnlyMemory<byte> bytes, out byte[] again, out WireError error);

    internal static Decoder Of(string name) => name switch
    {
        "block" => Block,
        "header" => Header,
        "transaction" => Transaction,
        _ => Message,
    };

    internal static bool Message(ReadOnlyMemory<byte> bytes, out byte[] again, out WireError error)
    {
        bool decoded = PeerMessageCodec.TryDecode(bytes, out PeerMessage? message, out error);
        again = decoded ? PeerMessageCodec.Encode(Rebuild.From(message!)) : [];
        return decoded;
    }

    private static bool Header(ReadOnlyMemory<byte> bytes, out byte[] again, out WireError error)
    {
        bool decoded = WireValue.TryDecode(bytes, out BlockHeader? header, out error);
        again = decoded ? Rebuild.From(header!).Encoded.ToArray() : [];
        return decoded;
    }

    private static bool Transaction(ReadOnlyMemory<byte> bytes, out byte[] again, out WireError error)
    {
        bool decoded = WireValue.TryDecode(bytes, out Transaction? transaction, out error);
        again = decoded ? Rebuild.From(transaction!).Encoded.ToArray() : [];
        return decoded;
    }

    private static bool Block(ReadOnlyMemory<byte> bytes, out byte[] again, out WireError error)
    {
        bool decoded = WireValue.TryDecode(bytes, out Block? block, out error);
        again = decoded ? Rebuild.From(block!).Encoded.ToArray() : [];
        return decoded;
    }
}
