using System.Net;
using Chain.Core.Wire;
using Factories = System.Collections.Generic.SortedDictionary<string, System.Func<Chain.Core.Fuzz.FuzzTarget>>;

namespace Chain.Core.Fuzz;

/// <summary>The canonical form. What is accepted must be what an encoder that shares no code with the decoder would write.</summary>
internal static class WireTargets
{
    private const int BlockLength = 16 * 1024;

    public static void AddTo(Factories factories)
    {
        factories["wire.transaction"] = () => TransactionTarget("wire.transaction");
        factories["wire.header"] = () => HeaderTarget("wire.header");
        factories["wire.block"] = () => BlockTarget("wire.block");
        factories["wire.peer-message"] = () => MessageTarget("wire.peer-message");
        factories["wire.canonical"] = () => CanonicalTarget("wire.canonical");
        factories["wire.address"] = () => AddressTarget("wire.address");
    }

    private static FuzzTarget TransactionTarget(string name) => new(name, [.. Samples.Transactions.Select(transaction => transaction.Encoded.ToArray())], input =>
    {
        bool isRead = WireValue.TryDecode(input, out Transaction? transaction, out WireError error);
        Oracle.Holds(isRead == (error == WireError.None), "the error does not fit the answer");
        if (isRead)
        {
            Oracle.AreEqual(input, transaction!.Encoded.Span, "a transaction keeps other bytes");
            Oracle.AreEqual(input, Reference.Encode(transaction), "a transaction has two encodings");
            Oracle.Holds(transaction.Detach().Id == transaction.Id, "a detached transaction has another id");
            Oracle.Holds(transaction.ClaimFor(BlockId.None).Signature.Span.SequenceEqual(transaction.Signature.Span), "a claim about another signature");
        }

        return isRead;
    })
    {
        MaxLength = 8192,
    };

    private static FuzzTarget HeaderTarget(string name) => new(name, [Samples.Header.Encoded.ToArray(), Samples.SealedHeader.Encoded.ToArray()], input =>
    {
        bool isRead = WireValue.TryDecode(input, out BlockHeader? header, out WireError error);
        Oracle.Holds(isRead == (error == WireError.None), "the error does not fit the answer");
        if (isRead)
        {
            Oracle.AreEqual(input, header!.Encoded.Span, "a header keeps other bytes");
            Oracle.AreEqual(input, Reference.Encode(header), "a header has two encodings");
            Oracle.Holds(BlockHeader.Create(header.Fields, header.Seal.Span).Id == header.Id, "a header made anew has another id");
        }

        return isRead;
    });

    private static FuzzTarget BlockTarget(string name) => new(name, [Samples.Block.Encoded.ToArray(), Samples.EmptyBlock.Encoded.ToArray()], input =>
    {
        bool isRead = WireValue.TryDecode(input, out Block? block, out WireError error);
        Oracle.Holds(isRead == (error == WireError.None), "the error does not fit the answer");
        if (isRead)
        {
            Oracle.AreEqual(input, block!.Encoded.Span, "a block keeps other bytes");
            Oracle.AreEqual(input, Reference.Encode(block), "a block has two encodings");
            Block.RootOf(block.Transactions);
        }

        return isRead;
    })
    {
        MaxLength = BlockLength,
        AllocatedPerByte = 32,
    };

    private static FuzzTarget MessageTarget(string name) => new(name, [.. Samples.Messages.Select(PeerMessageCodec.Encode)], input =>
    {
        bool isRead = PeerMessageCodec.TryDecode(input, out PeerMessage? message, out WireError error);
        Oracle.Holds(isRead == (error == WireError.None), "the error does not fit the answer");
        if (isRead)
        {
            Oracle.AreEqual(input, PeerMessageCodec.Encode(message!), "a message has two encodings");
        }

        return isRead;
    })
    {
        MaxLength = BlockLength,
        AllocatedPerByte = 32,
        Tokens = [.. Enumerable.Range(0, 24).Select(kind => (byte[])[(byte)kind])],
    };

    private static FuzzTarget CanonicalTarget(string name)
    {
        byte[] nested = new WireWriter().ArrayHeader(3).UInt64(300).ArrayHeader(1).String("text").ArrayHeader(2).Bytes(new byte[300]).Boolean(true).ToArray();
        return new FuzzTarget(name, [nested, new WireWriter().UInt64(ulong.MaxValue).ToArray(), Samples.Block.Encoded.ToArray()], input =>
        {
            var reader = new WireReader(input);
            var writer = new WireWriter(input.Length);
            bool isRead = Copy(ref reader, input, writer) && reader.TryEnd();
            Oracle.Holds(!isRead || writer.Written.Span.SequenceEqual(input), "a value has two encodings");
            return isRead;
        })
        {
            MaxLength = 2048,
            AllocatedPerByte = 32,
        };
    }

    private static FuzzTarget AddressTarget(string name)
    {
        string[] seeds = ["127.0.0.1:7000", "[::1]:65535", "seed.example:1", "[::ffff:1.2.3.4]:5", "0x7f.1:80", "[fe80::1%2]:1", "xn--bcher-kva.example:7"];
        return new FuzzTarget(name, [.. seeds.Select(Text.Of)], input =>
        {
            if (!PeerAddress.TryParse(Text.From(input), out PeerAddress? address))
            {
                return false;
            }

            Oracle.Holds(PeerAddress.TryParse(address.ToString(), out PeerAddress? again) && again == address, "an address has another text");
            Oracle.Holds(PeerAddress.TryCreate(address.Host, address.Port, out again) && again == address, "a host is refused");
            Oracle.Holds(
                address.Kind is PeerAddressKind.Dns || IPAddress.TryParse(address.Host, out _), "an IP address that the platform cannot read");
            return true;
        })
        {
            MaxLength = 300,
            Tokens = [.. ((string[])["[", "]", ":", "%", ".", "::", "0x", "xn--", "-", ":0", ":65536", "255", "256"]).Select(Text.Of)],
        };
    }

    /// <summary>Reads any values one after the other, arrays as their heads, and writes them anew.</summary>
    private static bool Copy(ref WireReader reader, byte[] input, WireWriter writer)
    {
        long missing = 1;
        while (missing > 0)
        {
            byte head = reader.Position < input.Length ? input[reader.Position] : (byte)0;
            missing--;
            if (head is <= 0x7f or (>= 0xcc and <= 0xcf) && reader.TryReadUInt64(out ulong number))
            {
                writer.UInt64(number);
            }
            else if (head is (>= 0x90 and <= 0x9f) or 0xdc or 0xdd && reader.TryReadArrayHeader(int.MaxValue, out int count))
            {
                writer.ArrayHeader(count);
                missing += count;
            }
            else if (head is (>= 0xa0 and <= 0xbf) or (>= 0xd9 and <= 0xdb) && reader.TryReadString(int.MaxValue, out string? text))
            {
                writer.String(text);
            }
            else if (head is >= 0xc4 and <= 0xc6 && reader.TryReadBytes(int.MaxValue, out ReadOnlyMemory<byte> bytes))
            {
                writer.Bytes(bytes.Span);
            }
            else if (reader.TryReadBoolean(out bool value))
            {
                writer.Boolean(value);
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
