using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// Where the chain's records stand in the store. A record's key is a letter and what follows it here; heights and
/// numbers are big-endian, so that keys ascend with them.
/// <list type="table">
/// <item><term><c>c/head</c></term><description>Id of the head.</description></item>
/// <item><term><c>c/final</c></term><description>Id of the newest finalized block.</description></item>
/// <item><term><c>c/signer</c></term><description>The key that the node signed with.</description></item>
/// <item><term><c>c/states</c></term><description>Which states are left: see <see cref="KeptStates"/>.</description></item>
/// <item><term><c>c/index</c></term><description>The first height that the index of transactions lacks; the greatest number where none.</description></item>
/// <item><term><c>n</c> height</term><description>Id of the block of the head's chain at a height.</description></item>
/// <item><term><c>t</c> transaction height id</term><description>The place of a transaction in a valid block, where they are indexed.</description></item>
/// <item><term><c>h</c> height id</term><description>A valid block's header.</description></item>
/// <item><term><c>b</c> id</term><description>A valid block.</description></item>
/// <item><term><c>f</c> height id</term><description>The certificate that made a block final.</description></item>
/// <item><term><c>v</c> height id</term><description>The validators that the state after a block names.</description></item>
/// <item><term><c>x</c> number</term><description>A block whose state root is not what came out here, under the remainder of its height.</description></item>
/// <item><term><c>e</c> number</term><description>A record of the consensus engine.</description></item>
/// <item><term><c>w</c> purpose</term><description>The last that was signed for this purpose.</description></item>
/// </list>
/// The ledger's records start with other letters.
/// </summary>
public static class ChainRecords
{
    private const byte HeaderPrefix = (byte)'h';
    private const byte BlockPrefix = (byte)'b';
    private const byte OnChainPrefix = (byte)'n';
    private const byte EnginePrefix = (byte)'e';
    private const byte SigningPrefix = (byte)'w';
    private const byte CertificatePrefix = (byte)'f';
    private const byte ValidatorsPrefix = (byte)'v';
    private const byte MismatchPrefix = (byte)'x';

    /// <summary>Whoever can make blocks that are refused must not fill the disk with them.</summary>
    private const ulong MaxMismatches = 4;

    private static readonly byte[] HeadKey = "c/head"u8.ToArray();
    private static readonly byte[] FinalKey = "c/final"u8.ToArray();
    private static readonly byte[] StatesKey = "c/states"u8.ToArray();
    private static readonly byte[] IndexKey = "c/index"u8.ToArray();
    private static readonly byte[] SignerKey = "c/signer"u8.ToArray();

    /// <summary>What stands for the first height that is not indexed where all are.</summary>
    internal static BlockHeight AllIndexed { get; } = new(ulong.MaxValue);

    /// <summary>The id of the stored head; false for a store without a chain.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are no id: the store is corrupt.</exception>
    public static bool TryReadHead(IKeyValueReader store, out BlockId head) => TryReadId(store, HeadKey, "head", out head);

    /// <summary>The id of the newest block that was made final; false where none was.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are no id: the store is corrupt.</exception>
    public static bool TryReadFinalized(IKeyValueReader store, out BlockId finalized) =>
        TryReadId(store, FinalKey, "finalized block", out finalized);

    /// <summary>The certificate that made this block final; its ancestors are final by it as well.</summary>
    public static bool TryReadCertificate(IKeyValueReader store, BlockHeader block, out ReadOnlyMemory<byte> certificate)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(block);
        bool found = store.TryGet(HeaderKey(CertificatePrefix, block), out byte[]? bytes);
        certificate = bytes;
        return found;
    }

    /// <summary>The validators that the state after a block names, where it names any.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are no validators: the store is corrupt.</exception>
    public static bool TryReadValidators(IKeyValueReader store, BlockHeader block, [NotNullWhen(true)] out ValidatorSet? validators)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(block);
        validators = null;
        if (!store.TryGet(HeaderKey(ValidatorsPrefix, block), out byte[]? bytes))
        {
            return false;
        }

        return ValidatorSetCodec.TryDecode(bytes, out validators)
            ? true
            : throw new InvalidDataException($"The stored validators of block #{block.Height} {block.Id} are corrupt.");
    }

    /// <summary>The last that was signed for each purpose, in ascending order of purpose.</summary>
    /// <exception cref="InvalidDataException">Stored bytes are no mark: the store is corrupt.</exception>
    public static IReadOnlyList<SigningMark> ReadSigningMarks(IKeyValueReader store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return ReadNumbered(store, SigningPrefix).ConvertAll(static pair => pair switch
        {
            { Number: <= byte.MaxValue, Value.Length: sizeof(ulong) + Hash256.Size } => new SigningMark(
                (byte)pair.Number,
                BinaryPrimitives.ReadUInt64BigEndian(pair.Value.Span),
                new Hash256(pair.Value.Span[sizeof(ulong)..])),
            _ => throw new InvalidDataException("A stored signing mark is corrupt."),
        });
    }

    /// <summary>Which key the store was signed from with; false where none was.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are no such record: the store is corrupt.</exception>
    public static bool TryReadSigner(IKeyValueReader store, out SignerRecord signer)
    {
        ArgumentNullException.ThrowIfNull(store);
        signer = default;
        if (!store.TryGet(SignerKey, out byte[]? value))
        {
            return false;
        }

        signer = value.Length == Hash256.Size + 1 && value[^1] <= 1
            ? new SignerRecord(new AccountAddress(new Hash256(value.AsSpan(0, Hash256.Size))), value[^1] == 1)
            : throw new InvalidDataException("The stored signer is corrupt.");
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

    /// <summary>The header before a header; false where it is not stored, as before genesis.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are no header: the store is corrupt.</exception>
    public static bool TryReadParent(IKeyValueReader store, BlockHeader header, [NotNullWhen(true)] out BlockHeader? parent)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(header);
        parent = null;
        if (header.Height == BlockHeight.Genesis
            || !store.TryGet(HeaderKey(HeaderPrefix, new BlockHeight(header.Height.Value - 1), header.Parent), out byte[]? bytes))
        {
            return false;
        }

        return WireValue.TryDecode(bytes, out parent, out _) && parent.Id == header.Parent
            ? true
            : throw new InvalidDataException($"The stored header of block {header.Parent} is corrupt.");
    }

    /// <summary>The block of the head's chain at a height; false above the head.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are no id: the store is corrupt.</exception>
    public static bool TryReadOnChain(IKeyValueReader store, BlockHeight height, out BlockId block) =>
        TryReadId(store, NumberKey(OnChainPrefix, height.Value), "block at a height", out block);

    /// <summary>Which states the store has; all of them where nothing was ever deleted.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are no such record: the store is corrupt.</exception>
    public static KeptStates ReadKeptStates(IKeyValueReader store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (!store.TryGet(StatesKey, out byte[]? value))
        {
            return default;
        }

        return value.Length == 2 * sizeof(ulong)
            ? new KeptStates(
                new BlockHeight(BinaryPrimitives.ReadUInt64BigEndian(value)),
                new BlockHeight(BinaryPrimitives.ReadUInt64BigEndian(value.AsSpan(sizeof(ulong)))))
            : throw new InvalidDataException("The record of the states that are left is corrupt.");
    }

    /// <summary>
    /// The first height whose blocks the index of transactions may lack, the greatest of all heights where it has all; false
    /// where there is no index.
    /// </summary>
    /// <exception cref="InvalidDataException">The stored bytes are no height: the store is corrupt.</exception>
    public static bool TryReadIndexed(IKeyValueReader store, out BlockHeight next)
    {
        ArgumentNullException.ThrowIfNull(store);
        next = default;
        if (!store.TryGet(IndexKey, out byte[]? value))
        {
            return false;
        }

        next = value.Length == sizeof(ulong)
            ? new BlockHeight(BinaryPrimitives.ReadUInt64BigEndian(value))
            : throw new InvalidDataException("The record of the index of transactions is corrupt.");
        return true;
    }

    /// <summary>Every stored header, parents before children.</summary>
    /// <param name="store">The store.</param>
    /// <param name="from">The lowest height to read.</param>
    /// <exception cref="InvalidDataException">Stored bytes are no header: the store is corrupt.</exception>
    public static IEnumerable<BlockHeader> ReadHeaders(IKeyValueReader store, BlockHeight from = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) in store.Scan(new[] { HeaderPrefix }, NumberKey(HeaderPrefix, from.Value)))
        {
            if (!WireValue.TryDecode(value, out BlockHeader? header, out _) || !HeaderKey(HeaderPrefix, header).AsSpan().SequenceEqual(key.Span))
            {
                throw new InvalidDataException("A stored header is corrupt.");
            }

            yield return header;
        }
    }

    /// <summary>
    /// The last blocks whose state root was not what came out here, with what did, in no order; at most four, of heights with
    /// different remainders.
    /// </summary>
    /// <exception cref="InvalidDataException">Stored bytes are no such record: the store is corrupt.</exception>
    public static IReadOnlyList<StateMismatch> ReadMismatches(IKeyValueReader store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return ReadNumbered(store, MismatchPrefix).ConvertAll(static pair =>
            WireValue.TryDecode(pair.Value, out StateMismatch? mismatch, out _) ? mismatch : throw new InvalidDataException("A stored mismatch is corrupt."));
    }

    internal static void WriteMismatch(WriteBatch batch, StateMismatch mismatch) =>
        batch.Put(NumberKey(MismatchPrefix, mismatch.Block.Height.Value % MaxMismatches), mismatch.Encoded);

    internal static void WriteHead(WriteBatch batch, BlockId head) => batch.Put(HeadKey, head.Value.ToArray());

    /// <summary>Moves the head, with what stands at each height.</summary>
    internal static void WriteMove(WriteBatch batch, BlockTreeNode head, ChainPath path)
    {
        WriteHead(batch, head.Id);
        for (int i = 0; i < path.Unapplied.Count; i++)
        {
            if (path.Unapplied[i].Height > head.Height)
            {
                batch.Delete(NumberKey(OnChainPrefix, path.Unapplied[i].Height.Value));
            }
        }

        for (int i = 0; i < path.Applied.Count; i++)
        {
            WriteOnChain(batch, path.Applied[i].Header);
        }
    }

    /// <summary>Has the store forget the header of a block, so that a node that restarts does not know of it; the block itself stays.</summary>
    internal static void DeleteHeader(WriteBatch batch, BlockHeader header) => batch.Delete(HeaderKey(HeaderPrefix, header));

    internal static void WriteOnChain(WriteBatch batch, BlockHeader header) =>
        batch.Put(NumberKey(OnChainPrefix, header.Height.Value), header.Id.Value.ToArray());

    internal static void WriteKeptStates(WriteBatch batch, in KeptStates kept)
    {
        var value = new byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(value, kept.Oldest.Value);
        BinaryPrimitives.WriteUInt64BigEndian(value.AsSpan(sizeof(ulong)), kept.Reach.Value);
        batch.Put(StatesKey, value);
    }

    /// <summary>Says how far the index of transactions is; null says that there is none.</summary>
    internal static void WriteIndexed(WriteBatch batch, BlockHeight? next)
    {
        if (next is { } height)
        {
            var value = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(value, height.Value);
            batch.Put(IndexKey, value);
        }
        else
        {
            batch.Delete(IndexKey);
        }
    }

    internal static void WriteBlock(WriteBatch batch, Block block)
    {
        batch.Put(HeaderKey(HeaderPrefix, block.Header), block.Header.Encoded);
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

    internal static void WriteSigner(WriteBatch batch, in SignerRecord signer) =>
        batch.Put(SignerKey, (byte[])[.. signer.Key.Value.ToArray(), signer.HasWitness ? (byte)1 : (byte)0]);

    internal static void WriteValidators(WriteBatch batch, BlockHeader block, ValidatorSet validators) =>
        batch.Put(HeaderKey(ValidatorsPrefix, block), ValidatorSetCodec.Encode(validators));

    internal static void WriteFinalized(WriteBatch batch, BlockHeader block, ReadOnlyMemory<byte> certificate)
    {
        batch.Put(HeaderKey(CertificatePrefix, block), certificate.ToArray());
        batch.Put(FinalKey, block.Id.Value.ToArray());
    }

    private static bool TryReadId(IKeyValueReader store, byte[] key, string what, out BlockId id)
    {
        ArgumentNullException.ThrowIfNull(store);
        id = default;
        if (!store.TryGet(key, out byte[]? value))
        {
            return false;
        }

        id = value.Length == Hash256.Size
            ? new BlockId(new Hash256(value))
            : throw new InvalidDataException($"The stored {what} has {value.Length} bytes: the store is corrupt.");
        return true;
    }

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

    private static byte[] HeaderKey(byte prefix, BlockHeader header) => HeaderKey(prefix, header.Height, header.Id);

    private static byte[] HeaderKey(byte prefix, BlockHeight height, BlockId id)
    {
        var key = new byte[1 + sizeof(ulong) + Hash256.Size];
        key[0] = prefix;
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1), height.Value);
        id.Value.CopyTo(key.AsSpan(1 + sizeof(ulong)));
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
