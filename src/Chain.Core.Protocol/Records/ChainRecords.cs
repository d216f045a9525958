using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// Where the chain's records stand in the store. A record's key is a letter and what follows it here; heights and
/// numbers are big-endian, so that keys ascend with them.
/// <list type="table">
/// <item><term><c>c/head</c></term><description>Id of the head.</description></item>
/// <item><term><c>h</c> height id</term><description>A valid block's header.</description></item>
/// <item><term><c>b</c> id</term><description>A valid block.</description></item>
/// <item><term><c>e</c> number</term><description>A record of the consensus engine.</description></item>
/// <item><term><c>w</c> purpose</term><description>The last that was signed for this purpose.</description></item>
/// </list>
/// The ledger's records start with other letters.
/// </summary>
public static class ChainRecords
{
    private const byte HeaderPrefix = (byte)'h';
    private const byte BlockPrefix = (byte)'b';
    private const byte EnginePrefix = (byte)'e';
    private const byte SigningPrefix = (byte)'w';

    private static readonly byte[] HeadKey = "c/head"u8.ToArray();

    /// <summary>The id of the stored head; false for a store without a chain.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are no id: the store is corrupt.</exception>
    public static bool TryReadHead(IKeyValueReader store, out BlockId head)
    {
        ArgumentNullException.ThrowIfNull(store);
        head = default;
        if (!store.TryGet(HeadKey, out byte[]? value))
        {
            return false;
        }

        head = value.Length == Hash256.Size
            ? new BlockId(new Hash256(value))
            : throw new InvalidDataException($"The stored head has {value.Length} bytes: the store is corrupt.");
        return true;
    }

    /// <summary>The stored block with this id.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are no block of this id: the store is corrupt.</exception>
    public static bool TryReadBlock(IKeyValueReader store, BlockId id, [NotNullWhen(true)] out Block? block)
    {
        ArgumentNullException.ThrowIfNull(store);
        block = null;
        if (!store.TryGet(IdKey(BlockPrefix, id), out byte[]? bytes))
        {
            return false;
        }

        return WireValue.TryDecode(bytes, out block, out _) && block.Id == id
            ? true
            : throw new InvalidDataException($"The stored block {id} is corrupt.");
    }

    /// <summary>Every stored header, parents before children.</summary>
    /// <exception cref="InvalidDataException">Stored bytes are no header: the store is corrupt.</exception>
    public static IEnumerable<BlockHeader> ReadHeaders(IKeyValueReader store)
    {
        ArgumentNullException.ThrowIfNull(store);
        foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) in store.Scan(new[] { HeaderPrefix }))
        {
            if (!WireValue.TryDecode(value, out BlockHeader? header, out _) || !HeaderKey(header).AsSpan().SequenceEqual(key.Span))
            {
                throw new InvalidDataException("A stored header is corrupt.");
            }

            yield return header;
        }
    }

    internal static void WriteHead(WriteBatch batch, BlockId head) => batch.Put(HeadKey, head.Value.ToArray());

    internal static void WriteBlock(WriteBatch batch, Block block)
    {
        batch.Put(HeaderKey(block.Header), block.Header.Encoded);
        batch.Put(IdKey(BlockPrefix, block.Id), block.Encoded);
    }

    internal static void WriteEngineRecord(WriteBatch batch, ConsensusRecord record) =>
        batch.Put(NumberKey(EnginePrefix, record.Key), record.Value);

    internal static IReadOnlyList<ConsensusRecord> ReadEngineRecords(IKeyValueReader store) =>
        ReadNumbered(store, EnginePrefix).ConvertAll(pair => new ConsensusRecord(pair.Number, pair.Value));

    internal static void WriteSigningMark(WriteBatch batch, in SigningMark mark)
    {
        var value = new byte[sizeof(ulong) + Hash256.Size];
        BinaryPrimitives.WriteUInt64BigEndian(value, mark.Watermark);
        mark.Message.CopyTo(value.AsSpan(sizeof(ulong)));
        batch.Put(NumberKey(SigningPrefix, mark.Purpose), value);
    }

    internal static IReadOnlyList<SigningMark> ReadSigningMarks(IKeyValueReader store) =>
        ReadNumbered(store, SigningPrefix).ConvertAll(static pair => pair switch
        {
            { Number: <= byte.MaxValue, Value.Length: sizeof(ulong) + Hash256.Size } => new SigningMark(
                (byte)pair.Number,
                BinaryPrimitives.ReadUInt64BigEndian(pair.Value.Span),
                new Hash256(pair.Value.Span[sizeof(ulong)..])),
            _ => throw new InvalidDataException("A stored signing mark is corrupt."),
        });

    private static List<(ulong Number, ReadOnlyMemory<byte> Value)> ReadNumbered(IKeyValueReader store, byte prefix)
    {
        var read = new List<(ulong, ReadOnlyMemory<byte>)>();
        foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) in store.Scan(new[] { prefix }))
        {
            if (key.Length != 1 + sizeof(ulong))
            {
                throw new InvalidDataException("A stored key is corrupt.");
            }

            read.Add((BinaryPrimitives.ReadUInt64BigEndian(key.Span[1..]), value));
        }

        return read;
    }

    private static byte[] HeaderKey(BlockHeader header)
    {
        var key = new byte[1 + sizeof(ulong) + Hash256.Size];
        key[0] = HeaderPrefix;
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1), header.Height.Value);
        header.Id.Value.CopyTo(key.AsSpan(1 + sizeof(ulong)));
        return key;
    }

    private static byte[] IdKey(byte prefix, BlockId id)
    {
        var key = new byte[1 + Hash256.Size];
        key[0] = prefix;
        id.Value.CopyTo(key.AsSpan(1));
        return key;
    }

    private static byte[] NumberKey(byte prefix, ulong number)
    {
        var key = new byte[1 + sizeof(ulong)];
        key[0] = prefix;
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1), number);
        return key;
    }
}
