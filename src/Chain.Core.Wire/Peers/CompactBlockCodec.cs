using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>
/// Bytes of compact blocks and of requests for their transactions. Places in a block stand as the distance to the place
/// after the one before, so that no order and no repetition needs a check.
/// </summary>
internal static class CompactBlockCodec
{
    private const int BlockElements = 4;

    /// <summary>A distance of 128 or more takes two bytes more at most, and there are few: their sum is below the number of places.</summary>
    internal const int MaxRequestBytes = 64 + WireLimits.BlockTransactions + (2 * WireLimits.BlockTransactions / 128);

    internal static void Write(PeerMessage.CompactBlock compact, WireWriter writer)
    {
        PeerMessageCodec.Refuse(compact.ShortIds.Length % ShortIdKey.Size != 0 || compact.TransactionCount > WireLimits.BlockTransactions);
        writer.ArrayHeader(BlockElements).Raw(compact.Header.Encoded.Span).UInt64(compact.Salt).Bytes(compact.ShortIds.Span);
        writer.ArrayHeader(compact.Prefilled.Count);
        int next = 0;
        foreach ((int index, Transaction transaction) in compact.Prefilled)
        {
            WriteIndex(index, ref next, compact.TransactionCount, writer.ArrayHeader(2));
            writer.Raw(transaction.Encoded.Span);
        }
    }

    internal static PeerMessage.CompactBlock? ReadBlock(ref WireReader reader)
    {
        if (!reader.TryReadArrayHeader(BlockElements)
            || !BlockHeader.TryRead(ref reader, out BlockHeader? header)
            || !reader.TryReadUInt64(out ulong salt)
            || !reader.TryReadBytes(WireLimits.BlockTransactions * ShortIdKey.Size, out ReadOnlyMemory<byte> shortIds)
            || !(shortIds.Length % ShortIdKey.Size == 0 || reader.Fail(WireError.OutOfRange))
            || !reader.TryReadArrayHeader(WireLimits.BlockTransactions, Transaction.MinEncodedBytes + 2, out int count))
        {
            return null;
        }

        int all = (shortIds.Length / ShortIdKey.Size) + count;
        if (all > WireLimits.BlockTransactions)
        {
            reader.Fail(WireError.TooLong);
            return null;
        }

        var prefilled = new PrefilledTransaction[count];
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadArrayHeader(2)
                || !TryReadIndex(ref reader, ref next, all, out int index)
                || !Transaction.TryRead(ref reader, out Transaction? transaction))
            {
                return null;
            }

            prefilled[i] = new PrefilledTransaction(index, transaction);
        }

        return new PeerMessage.CompactBlock(header, salt, shortIds, prefilled);
    }

    internal static void Write(PeerMessage.GetBlockTransactions request, WireWriter writer)
    {
        PeerMessageCodec.Refuse(request.Indexes.Count is 0 or > WireLimits.BlockTransactions);
        writer.ArrayHeader(2).Hash(request.Block.Value).ArrayHeader(request.Indexes.Count);
        int next = 0;
        foreach (int index in request.Indexes)
        {
            WriteIndex(index, ref next, WireLimits.BlockTransactions, writer);
        }
    }

    internal static PeerMessage.GetBlockTransactions? ReadRequest(ref WireReader reader)
    {
        if (!reader.TryReadArrayHeader(2)
            || !reader.TryReadHash(out Hash256 block)
            || !reader.TryReadArrayHeader(WireLimits.BlockTransactions, out int count)
            || !(count > 0 || reader.Fail(WireError.OutOfRange)))
        {
            return null;
        }

        var indexes = new int[count];
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            if (!TryReadIndex(ref reader, ref next, WireLimits.BlockTransactions, out indexes[i]))
            {
                return null;
            }
        }

        return new PeerMessage.GetBlockTransactions(new BlockId(block), indexes);
    }

    private static void WriteIndex(int index, ref int next, int end, WireWriter writer)
    {
        PeerMessageCodec.Refuse(index < next || index >= end);
        writer.UInt64((ulong)(index - next));
        next = index + 1;
    }

    private static bool TryReadIndex(ref WireReader reader, ref int next, int end, out int index)
    {
        index = 0;
        if (!reader.TryReadUInt32(out uint distance) || !(distance < (uint)(end - next) || reader.Fail(WireError.OutOfRange)))
        {
            return false;
        }

        index = next + (int)distance;
        next = index + 1;
        return true;
    }
}
