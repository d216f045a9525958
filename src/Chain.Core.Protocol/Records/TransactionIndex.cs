using System.Buffers.Binary;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// Where transactions stand in the chain. Every stored block writes its transactions' places together with itself, and
/// the record of the head says which blocks count: so a reorganisation moves no entry, and no crash comes between.
/// </summary>
public static class TransactionIndex
{
    private const byte Prefix = (byte)'t';
    private const int IdEnd = 1 + Hash256.Size;
    private const int HeightEnd = IdEnd + sizeof(ulong);
    private const int KeyBytes = HeightEnd + Hash256.Size;

    /// <summary>Where the chain of the stored head has a transaction.</summary>
    /// <param name="store">A snapshot: the head may move between two reads.</param>
    /// <param name="id">The transaction.</param>
    /// <param name="found">Its place.</param>
    /// <returns>False where it is not in the chain, or in a block that is not indexed yet.</returns>
    /// <exception cref="InvalidDataException">A record is damaged.</exception>
    public static bool TryFind(IKeyValueReader store, TransactionId id, out IndexedTransaction found)
    {
        ArgumentNullException.ThrowIfNull(store);
        foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) in store.Scan(PrefixOf(id)))
        {
            if (key.Length != KeyBytes || value.Length != sizeof(int))
            {
                throw new InvalidDataException($"The index entry of transaction {id} is corrupt.");
            }

            var height = new BlockHeight(BinaryPrimitives.ReadUInt64BigEndian(key.Span[IdEnd..]));
            var block = new BlockId(new Hash256(key.Span[HeightEnd..]));
            if (ChainRecords.TryReadOnChain(store, height, out BlockId onChain) && onChain == block)
            {
                found = new IndexedTransaction(block, height, BinaryPrimitives.ReadInt32BigEndian(value.Span));
                return true;
            }
        }

        found = default;
        return false;
    }

    internal static void Write(WriteBatch batch, Block block)
    {
        for (int i = 0; i < block.Transactions.Count; i++)
        {
            var place = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(place, i);
            batch.Put(KeyOf(block.Transactions[i].Id, block), place);
        }
    }

    /// <summary>Takes out the entries of a block that can never be on the chain again.</summary>
    internal static void Delete(WriteBatch batch, IKeyValueReader store, BlockId id)
    {
        if (ChainRecords.TryReadBlock(store, id, out Block? block))
        {
            foreach (Transaction transaction in block.Transactions)
            {
                batch.Delete(KeyOf(transaction.Id, block));
            }
        }
    }

    private static byte[] PrefixOf(TransactionId id)
    {
        var prefix = new byte[IdEnd];
        prefix[0] = Prefix;
        id.Value.CopyTo(prefix.AsSpan(1));
        return prefix;
    }

    private static byte[] KeyOf(TransactionId id, Block block)
    {
        var key = new byte[KeyBytes];
        key[0] = Prefix;
        id.Value.CopyTo(key.AsSpan(1));
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(IdEnd), block.Height.Value);
        block.Id.Value.CopyTo(key.AsSpan(HeightEnd));
        return key;
    }
}
