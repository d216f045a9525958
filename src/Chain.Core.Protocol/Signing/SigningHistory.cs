using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// The marks of one key on one chain, to take along when a validator moves to another store. Canonical form:
/// <c>[version, genesis, key, [[purpose, watermark, message], …]]</c>.
/// </summary>
/// <param name="Genesis">The chain.</param>
/// <param name="Key">The account of the key.</param>
/// <param name="Marks">In ascending order of purpose.</param>
public sealed record SigningHistory(BlockId Genesis, AccountAddress Key, IReadOnlyList<SigningMark> Marks)
{
    private const ulong Version = 1;
    private const int MaxMarks = 256;
    private const int MinMarkBytes = 37;

    /// <summary>The history that a store holds; false where nothing was ever signed from it.</summary>
    /// <exception cref="InvalidDataException">The store is corrupt.</exception>
    public static bool TryRead(IKeyValueReader store, BlockId genesis, [NotNullWhen(true)] out SigningHistory? history)
    {
        history = ChainRecords.TryReadSigner(store, out SignerRecord signer)
            ? new SigningHistory(genesis, signer.Key, ChainRecords.ReadSigningMarks(store))
            : null;
        return history is not null;
    }

    /// <summary>Reads what <see cref="Encode"/> wrote; false for any other bytes.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out SigningHistory? history)
    {
        history = null;
        var reader = new WireReader(bytes);
        if (!reader.TryReadArrayHeader(4)
            || !reader.TryReadUInt64(out ulong version)
            || version != Version
            || !reader.TryReadHash(out Crypto.Hash256 genesis)
            || !reader.TryReadHash(out Crypto.Hash256 key)
            || !TryReadMarks(ref reader, out SigningMark[]? marks)
            || !reader.TryEnd())
        {
            return false;
        }

        history = new SigningHistory(new BlockId(genesis), new AccountAddress(key), marks);
        return true;
    }

    /// <summary>The canonical bytes.</summary>
    public byte[] Encode()
    {
        WireWriter writer = new WireWriter()
            .ArrayHeader(4)
            .UInt64(Version)
            .Hash(Genesis.Value)
            .Hash(Key.Value)
            .ArrayHeader(Marks.Count);
        foreach (SigningMark mark in Marks)
        {
            writer.ArrayHeader(3).UInt64(mark.Purpose).UInt64(mark.Watermark).Hash(mark.Message);
        }

        return writer.ToArray();
    }

    /// <summary>
    /// The writes that make a stopped node's store know this history: each mark is the higher of both, and the key may sign
    /// from this store above them. Whoever imports says that no other store signs with the key any more.
    /// </summary>
    /// <exception cref="ArgumentException">The history belongs to another chain.</exception>
    /// <exception cref="InvalidDataException">The store is corrupt.</exception>
    public WriteBatch ImportInto(IKeyValueReader store, BlockId genesis)
    {
        if (genesis != Genesis)
        {
            throw new ArgumentException($"The history belongs to the chain of genesis {Genesis}, not {genesis}.", nameof(genesis));
        }

        var batch = new WriteBatch();
        IReadOnlyList<SigningMark> own = ChainRecords.ReadSigningMarks(store);
        foreach (SigningMark mark in Marks)
        {
            if (!own.Any(each => each.Purpose == mark.Purpose && each.Watermark >= mark.Watermark))
            {
                ChainRecords.WriteSigningMark(batch, in mark);
            }
        }

        ChainRecords.WriteSigner(batch, new SignerRecord(Key, HasWitness: false));
        return batch;
    }

    private static bool TryReadMarks(ref WireReader reader, [NotNullWhen(true)] out SigningMark[]? marks)
    {
        marks = null;
        if (!reader.TryReadArrayHeader(MaxMarks, MinMarkBytes, out int count))
        {
            return false;
        }

        var read = new SigningMark[count];
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadArrayHeader(3)
                || !reader.TryReadByte(out byte purpose)
                || !reader.TryReadUInt64(out ulong watermark)
                || !reader.TryReadHash(out Crypto.Hash256 message)
                || (i > 0 && read[i - 1].Purpose >= purpose))
            {
                return false;
            }

            read[i] = new SigningMark(purpose, watermark, message);
        }

        marks = read;
        return true;
    }
}
