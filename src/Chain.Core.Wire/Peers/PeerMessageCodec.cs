using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>Bytes of peer messages: the kind byte, then a canonical array of the message's fields.</summary>
public static class PeerMessageCodec
{
    private const int SmallBytes = 1024;
    private const int IdBytes = 2 + Hash256.Size;
    private const int ListBytes = 8;
    private const int MinAddressBytes = 5;

    /// <summary>The largest message of this kind in bytes, kind byte included; 0 for a kind that does not exist.</summary>
    public static int MaxBytes(MessageKind kind) => kind switch
    {
        MessageKind.Hello or MessageKind.Goodbye or MessageKind.Ping or MessageKind.Pong or MessageKind.GetAddresses => SmallBytes,
        MessageKind.Addresses => ListBytes + (WireLimits.Addresses * (PeerAddress.MaxHostLength + 16)),
        MessageKind.AnnounceTransactions or MessageKind.RequestTransactions => ListBytes + (WireLimits.InventoryIds * IdBytes),
        MessageKind.RequestBlocks or MessageKind.BlocksNotFound => ListBytes + (WireLimits.InventoryIds * IdBytes),
        MessageKind.GetHeaders => ListBytes + (WireLimits.LocatorIds * IdBytes),
        MessageKind.Transactions or MessageKind.AnnounceBlocks or MessageKind.Headers => 1024 * 1024,
        MessageKind.DeliverBlock => WireLimits.BlockBytes + ListBytes,
        MessageKind.Consensus => WireLimits.ConsensusBytes + ListBytes,
        MessageKind.CompactBlock => WireLimits.CompactBlockBytes,
        MessageKind.GetBlockTransactions => CompactBlockCodec.MaxRequestBytes,
        MessageKind.BlockTransactions => WireLimits.BlockBytes + ListBytes + IdBytes,
        MessageKind.GetCompactBlock or MessageKind.PushCompactBlocks or MessageKind.GetStateChanges => SmallBytes,
        MessageKind.StateChanges => WireLimits.StateChangesBytes + ListBytes + IdBytes,
        _ => 0,
    };

    /// <summary>Which lane a message of this kind takes.</summary>
    public static MessageLane LaneOf(MessageKind kind) => kind switch
    {
        MessageKind.DeliverBlock or MessageKind.CompactBlock or MessageKind.BlockTransactions => MessageLane.Blocks,
        MessageKind.AnnounceTransactions or MessageKind.RequestTransactions or MessageKind.Transactions => MessageLane.Transactions,
        MessageKind.Addresses or MessageKind.GetAddresses or MessageKind.Headers or MessageKind.StateChanges => MessageLane.Bulk,
        _ => MessageLane.Urgent,
    };

    /// <summary>Appends the message to <paramref name="writer"/>.</summary>
    /// <exception cref="ArgumentException">The message is larger than <see cref="WireLimits"/> allow: no peer would take it.</exception>
    public static void Encode(PeerMessage message, WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(writer);
        int start = writer.Written.Length;
        writer.Raw([(byte)message.Kind]);
        switch (message)
        {
            case PeerMessage.Hello hello: WriteHello(hello, writer); break;
            case PeerMessage.Goodbye goodbye: WriteText(goodbye.Reason, writer.ArrayHeader(1)); break;
            case PeerMessage.Ping ping: writer.ArrayHeader(1).UInt64(ping.Nonce); break;
            case PeerMessage.Pong pong: writer.ArrayHeader(1).UInt64(pong.Nonce); break;
            case PeerMessage.GetAddresses: writer.ArrayHeader(0); break;
            case PeerMessage.Addresses addresses: WriteAddresses(addresses.Items, writer); break;
            case PeerMessage.AnnounceTransactions announced: WriteIds(announced.Ids, WireLimits.InventoryIds, writer); break;
            case PeerMessage.RequestTransactions requested: WriteIds(requested.Ids, WireLimits.InventoryIds, writer); break;
            case PeerMessage.Transactions transactions: WriteValues(transactions.Items, WireLimits.DeliveredTransactions, writer); break;
            case PeerMessage.AnnounceBlocks blocks: WriteValues(blocks.Items, WireLimits.Headers, writer); break;
            case PeerMessage.RequestBlocks requested: WriteIds(requested.Ids, WireLimits.InventoryIds, writer); break;
            case PeerMessage.DeliverBlock delivered: writer.ArrayHeader(1).Raw(delivered.Block.Encoded.Span); break;
            case PeerMessage.BlocksNotFound missing: WriteIds(missing.Ids, WireLimits.InventoryIds, writer); break;
            case PeerMessage.GetHeaders headers: WriteIds(headers.Locator, WireLimits.LocatorIds, writer); break;
            case PeerMessage.Headers headers: WriteValues(headers.Items, WireLimits.Headers, writer); break;
            case PeerMessage.Consensus consensus:
                Refuse(consensus.Payload.Length > WireLimits.ConsensusBytes);
                writer.ArrayHeader(1).Bytes(consensus.Payload.Span);
                break;
            case PeerMessage.CompactBlock compact: CompactBlockCodec.Write(compact, writer); break;
            case PeerMessage.GetBlockTransactions requested: CompactBlockCodec.Write(requested, writer); break;
            case PeerMessage.BlockTransactions given:
                writer.ArrayHeader(2).Hash(given.Block.Value);
                WriteValues(given.Items, WireLimits.BlockTransactions, writer);
                break;
            case PeerMessage.GetCompactBlock requested: writer.ArrayHeader(1).Hash(requested.Block.Value); break;
            case PeerMessage.PushCompactBlocks push: writer.ArrayHeader(1).Boolean(push.IsWanted); break;
            case PeerMessage.GetStateChanges requested: writer.ArrayHeader(1).Hash(requested.Block.Value); break;
            case PeerMessage.StateChanges given: WriteStateChanges(given, writer); break;
            default: throw new ArgumentException($"{message.Kind} has no encoding.", nameof(message));
        }

        Refuse(writer.Written.Length - start > MaxBytes(message.Kind));
    }

    /// <summary>The bytes of the message, in an array of their own.</summary>
    public static byte[] Encode(PeerMessage message)
    {
        var writer = new WireWriter();
        Encode(message, writer);
        return writer.ToArray();
    }

    /// <summary>Decodes a message that fills <paramref name="bytes"/> exactly. The bytes are kept, not copied.</summary>
    /// <remarks>Whoever keeps a single transaction or header of it calls <see cref="Transaction.Detach"/> or <see cref="BlockHeader.Detach"/>.</remarks>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out PeerMessage? message, out WireError error)
    {
        message = null;
        if (bytes.IsEmpty)
        {
            error = WireError.Truncated;
            return false;
        }

        var kind = (MessageKind)bytes.Span[0];
        int max = MaxBytes(kind);
        if (max == 0 || bytes.Length > max)
        {
            error = max == 0 ? WireError.OutOfRange : WireError.TooLong;
            return false;
        }

        var reader = new WireReader(bytes[1..]);
        PeerMessage? read = ReadMessage(kind, ref reader);
        bool decoded = read is not null && reader.TryEnd();
        message = decoded ? read : null;
        error = reader.Error;
        return decoded;
    }

    private static PeerMessage? ReadMessage(MessageKind kind, ref WireReader reader) => kind switch
    {
        MessageKind.Hello => ReadHello(ref reader),
        MessageKind.Goodbye => reader.TryReadArrayHeader(1) && reader.TryReadString(WireLimits.TextBytes, out string? reason)
            ? new PeerMessage.Goodbye(reason) : null,
        MessageKind.Ping => TryReadNumber(ref reader, out ulong ping) ? new PeerMessage.Ping(ping) : null,
        MessageKind.Pong => TryReadNumber(ref reader, out ulong pong) ? new PeerMessage.Pong(pong) : null,
        MessageKind.GetAddresses => reader.TryReadArrayHeader(0) ? new PeerMessage.GetAddresses() : null,
        MessageKind.Addresses => TryReadAddresses(ref reader, WireLimits.Addresses, out PeerAddress[]? addresses)
            ? new PeerMessage.Addresses(addresses) : null,
        MessageKind.AnnounceTransactions => WireList.TryReadIds(ref reader, WireLimits.InventoryIds, out TransactionId[]? ids)
            ? new PeerMessage.AnnounceTransactions(ids) : null,
        MessageKind.RequestTransactions => WireList.TryReadIds(ref reader, WireLimits.InventoryIds, out TransactionId[]? ids)
            ? new PeerMessage.RequestTransactions(ids) : null,
        MessageKind.Transactions => WireList.TryRead(ref reader, WireLimits.DeliveredTransactions, out Transaction[]? items)
            ? new PeerMessage.Transactions(items) : null,
        MessageKind.AnnounceBlocks => WireList.TryRead(ref reader, WireLimits.Headers, out BlockHeader[]? headers)
            ? new PeerMessage.AnnounceBlocks(headers) : null,
        MessageKind.RequestBlocks => WireList.TryReadIds(ref reader, WireLimits.InventoryIds, out BlockId[]? ids)
            ? new PeerMessage.RequestBlocks(ids) : null,
        MessageKind.DeliverBlock => reader.TryReadArrayHeader(1) && Block.TryRead(ref reader, out Block? block)
            ? new PeerMessage.DeliverBlock(block) : null,
        MessageKind.BlocksNotFound => WireList.TryReadIds(ref reader, WireLimits.InventoryIds, out BlockId[]? ids)
            ? new PeerMessage.BlocksNotFound(ids) : null,
        MessageKind.GetHeaders => WireList.TryReadIds(ref reader, WireLimits.LocatorIds, out BlockId[]? ids)
            ? new PeerMessage.GetHeaders(ids) : null,
        MessageKind.Headers => WireList.TryRead(ref reader, WireLimits.Headers, out BlockHeader[]? headers)
            ? new PeerMessage.Headers(headers) : null,
        MessageKind.Consensus => reader.TryReadArrayHeader(1)
            && reader.TryReadBytes(WireLimits.ConsensusBytes, out ReadOnlyMemory<byte> payload)
            ? new PeerMessage.Consensus(payload) : null,
        MessageKind.CompactBlock => CompactBlockCodec.ReadBlock(ref reader),
        MessageKind.GetBlockTransactions => CompactBlockCodec.ReadRequest(ref reader),
        MessageKind.BlockTransactions => reader.TryReadArrayHeader(2)
            && reader.TryReadHash(out Hash256 block)
            && WireList.TryRead(ref reader, WireLimits.BlockTransactions, out Transaction[]? given)
            ? new PeerMessage.BlockTransactions(new BlockId(block), given) : null,
        MessageKind.GetCompactBlock => reader.TryReadArrayHeader(1) && reader.TryReadHash(out Hash256 block)
            ? new PeerMessage.GetCompactBlock(new BlockId(block)) : null,
        MessageKind.PushCompactBlocks => reader.TryReadArrayHeader(1) && reader.TryReadBoolean(out bool isWanted)
            ? new PeerMessage.PushCompactBlocks(isWanted) : null,
        MessageKind.GetStateChanges => reader.TryReadArrayHeader(1) && reader.TryReadHash(out Hash256 block)
            ? new PeerMessage.GetStateChanges(new BlockId(block)) : null,
        MessageKind.StateChanges => ReadStateChanges(ref reader),
        _ => null,
    };

    private static bool TryReadNumber(ref WireReader reader, out ulong number)
    {
        number = 0;
        return reader.TryReadArrayHeader(1) && reader.TryReadUInt64(out number);
    }

    private static void WriteHello(PeerMessage.Hello hello, WireWriter writer)
    {
        Hash256 genesis = hello.Genesis.Value;
        Hash256 head = hello.Head.Value;
        writer.ArrayHeader(9)
            .UInt64(hello.Network)
            .Hash(in genesis)
            .UInt64(hello.MinVersion)
            .UInt64(hello.MaxVersion)
            .UInt64((uint)hello.Capabilities);
        WriteText(hello.Agent, writer);
        WriteAddresses(hello.ListenAddress is { } address ? [address] : [], writer);
        writer.Hash(in head).UInt64(hello.HeadHeight.Value);
    }

    private static PeerMessage.Hello? ReadHello(ref WireReader reader)
    {
        if (!reader.TryReadArrayHeader(9)
            || !reader.TryReadUInt32(out uint network)
            || !reader.TryReadHash(out Hash256 genesis)
            || !reader.TryReadUInt32(out uint minVersion)
            || !reader.TryReadUInt32(out uint maxVersion)
            || !reader.TryReadUInt32(out uint capabilities)
            || !reader.TryReadString(WireLimits.TextBytes, out string? agent)
            || !TryReadAddresses(ref reader, 1, out PeerAddress[]? listen)
            || !reader.TryReadHash(out Hash256 head)
            || !reader.TryReadUInt64(out ulong height))
        {
            return null;
        }

        return new PeerMessage.Hello(
            network,
            new BlockId(genesis),
            minVersion,
            maxVersion,
            (PeerCapabilities)capabilities,
            agent,
            listen.Length == 0 ? null : listen[0],
            new BlockId(head),
            new BlockHeight(height));
    }

    private static void WriteStateChanges(PeerMessage.StateChanges given, WireWriter writer)
    {
        Refuse(given.Changes.Length > WireLimits.StateChangesBytes || !IsWhole(given.Answer, given.Changes));
        writer.ArrayHeader(3).Hash(given.Block.Value).UInt64((byte)given.Answer).Bytes(given.Changes.Span);
    }

    private static PeerMessage.StateChanges? ReadStateChanges(ref WireReader reader)
    {
        if (!reader.TryReadArrayHeader(3)
            || !reader.TryReadHash(out Hash256 block)
            || !reader.TryReadByte(out byte answer, (byte)StateChangesAnswer.TooMany)
            || !reader.TryReadBytes(WireLimits.StateChangesBytes, out ReadOnlyMemory<byte> changes)
            || !(IsWhole((StateChangesAnswer)answer, changes) || reader.Fail(WireError.OutOfRange)))
        {
            return null;
        }

        return new PeerMessage.StateChanges(new BlockId(block), (StateChangesAnswer)answer, changes);
    }

    /// <summary>No changes at all have an encoding too, so that nothing is given in no bytes.</summary>
    private static bool IsWhole(StateChangesAnswer answer, ReadOnlyMemory<byte> changes) =>
        answer == StateChangesAnswer.Given != changes.IsEmpty;

    private static bool TryReadAddresses(ref WireReader reader, int max, [NotNullWhen(true)] out PeerAddress[]? addresses)
    {
        addresses = null;
        if (!reader.TryReadArrayHeader(max, MinAddressBytes, out int count))
        {
            return false;
        }

        var read = new PeerAddress[count];
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadArrayHeader(3)
                || !reader.TryReadByte(out byte kind)
                || !reader.TryReadString(PeerAddress.MaxHostLength, out string? host)
                || !reader.TryReadUInt32(out uint port, ushort.MaxValue))
            {
                return false;
            }

            // The text must be the one that this address is written with, or there were two spellings.
            if (!PeerAddress.TryCreate(host, (int)port, out PeerAddress? address)
                || (byte)address.Kind != kind
                || address.Host != host)
            {
                return reader.Fail(WireError.OutOfRange);
            }

            read[i] = address;
        }

        addresses = read;
        return true;
    }

    private static void WriteText(string text, WireWriter writer)
    {
        int start = writer.Written.Length;
        writer.String(text);

        // Up to 31 bytes the header takes one byte, above that two.
        Refuse(writer.Written.Length - start - 2 > WireLimits.TextBytes);
    }

    private static void WriteAddresses(IReadOnlyList<PeerAddress> addresses, WireWriter writer)
    {
        Refuse(addresses.Count > WireLimits.Addresses);
        writer.ArrayHeader(addresses.Count);
        foreach (PeerAddress address in addresses)
        {
            writer.ArrayHeader(3).UInt64((byte)address.Kind).String(address.Host).UInt64(address.Port);
        }
    }

    private static void WriteIds(IReadOnlyList<TransactionId> ids, int max, WireWriter writer)
    {
        Refuse(ids.Count > max);
        writer.ArrayHeader(ids.Count);
        foreach (TransactionId id in ids)
        {
            Hash256 value = id.Value;
            writer.Hash(in value);
        }
    }

    private static void WriteIds(IReadOnlyList<BlockId> ids, int max, WireWriter writer)
    {
        Refuse(ids.Count > max);
        writer.ArrayHeader(ids.Count);
        foreach (BlockId id in ids)
        {
            Hash256 value = id.Value;
            writer.Hash(in value);
        }
    }

    private static void WriteValues<T>(IReadOnlyList<T> values, int max, WireWriter writer)
        where T : class, IWireValue<T>
    {
        Refuse(values.Count > max);
        writer.ArrayHeader(values.Count);
        foreach (T value in values)
        {
            writer.Raw(value.Encoded.Span);
        }
    }

    internal static void Refuse(bool tooLarge)
    {
        if (tooLarge)
        {
            throw new ArgumentException("The message is larger than the wire limits allow.");
        }
    }
}
