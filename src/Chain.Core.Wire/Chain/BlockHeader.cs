using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>
/// The part of a block that holders of headers check. Canonical form: <c>[version, height, parent, time,
/// transactions root, state root, history root, seal]</c>. Immutable; keeps its bytes.
/// </summary>
public sealed class BlockHeader : IWireValue<BlockHeader>
{
    /// <summary>The version that this code writes.</summary>
    public const uint CurrentVersion = 1;

    private const int Elements = 8;
    private const int HashBytes = 2 + Hash256.Size;

    private static readonly HashDomain IdDomain = new("chain-core/block/v1");
    private static readonly HashDomain UnsealedDomain = new("chain-core/block-unsealed/v1");

    /// <summary>What <see cref="Detach"/> made: one copy for all who hold this object. Whoever writes it writes the same.</summary>
    private BlockHeader? _detached;

    private BlockHeader(in HeaderFields fields, ReadOnlyMemory<byte> seal, ReadOnlyMemory<byte> encoded, BlockId id)
    {
        Fields = fields;
        Seal = seal;
        Encoded = encoded;
        Id = id;
    }

    /// <inheritdoc/>
    public static int MinEncodedBytes => 1 + 3 + (4 * HashBytes) + 2;

    /// <summary>The tagged hash of <see cref="Encoded"/>.</summary>
    public BlockId Id { get; }

    /// <summary>Everything but the seal.</summary>
    public HeaderFields Fields { get; }

    /// <summary>The height; genesis has 0.</summary>
    public BlockHeight Height => Fields.Height;

    /// <summary>The block before this one.</summary>
    public BlockId Parent => Fields.Parent;

    /// <summary>When the proposer says that it made the block.</summary>
    public UnixTime Time => Fields.Time;

    /// <summary>What makes the block count, as the consensus engine defines it; at most <see cref="WireLimits.SealBytes"/>.</summary>
    public ReadOnlyMemory<byte> Seal { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>A header of these fields and seal.</summary>
    /// <exception cref="ArgumentException">The seal is larger than <see cref="WireLimits.SealBytes"/>.</exception>
    public static BlockHeader Create(in HeaderFields fields, ReadOnlySpan<byte> seal)
    {
        if (seal.Length > WireLimits.SealBytes)
        {
            throw new ArgumentException($"A seal has at most {WireLimits.SealBytes} bytes.", nameof(seal));
        }

        byte[] encoded = Encode(in fields, seal);
        return new BlockHeader(in fields, SealIn(encoded, seal.Length), encoded, IdOf(encoded));
    }

    /// <inheritdoc/>
    public static bool TryRead(ref WireReader reader, [NotNullWhen(true)] out BlockHeader? value)
    {
        value = null;
        int start = reader.Position;
        if (!reader.TryReadArrayHeader(Elements)
            || !reader.TryReadUInt32(out uint version)
            || !reader.TryReadUInt64(out ulong height)
            || !reader.TryReadHash(out Hash256 parent)
            || !reader.TryReadUInt64(out ulong time)
            || !reader.TryReadHash(out Hash256 transactionsRoot)
            || !reader.TryReadHash(out Hash256 stateRoot)
            || !reader.TryReadHash(out Hash256 historyRoot)
            || !reader.TryReadBytes(WireLimits.SealBytes, out ReadOnlyMemory<byte> seal))
        {
            return false;
        }

        var fields = new HeaderFields(
            version, new BlockHeight(height), new BlockId(parent), new UnixTime(time), transactionsRoot, stateRoot, historyRoot);
        ReadOnlyMemory<byte> encoded = reader.Since(start);
        value = new BlockHeader(in fields, seal, encoded, IdOf(encoded.Span));
        return true;
    }

    /// <summary>The tagged hash of the fields without a seal: what a seal commits to.</summary>
    public static Hash256 UnsealedHash(in HeaderFields fields) => UnsealedDomain.Hash(Encode(in fields, default));

    /// <summary>The same header with bytes of its own, for whoever keeps it longer than the message that it came in.</summary>
    public BlockHeader Detach()
    {
        if (KeptBytes.AreWholeArray(Encoded))
        {
            return this;
        }

        if (_detached is null)
        {
            byte[] own = Encoded.ToArray();
            _detached = new BlockHeader(Fields, SealIn(own, Seal.Length), own, Id);
        }

        return _detached;
    }

    private static BlockId IdOf(ReadOnlySpan<byte> encoded) => new(IdDomain.Hash(encoded));

    private static ReadOnlyMemory<byte> SealIn(byte[] encoded, int length) => encoded.AsMemory(encoded.Length - length);

    private static byte[] Encode(in HeaderFields fields, ReadOnlySpan<byte> seal)
    {
        Hash256 parent = fields.Parent.Value;
        return new WireWriter(192 + seal.Length)
            .ArrayHeader(Elements)
            .UInt64(fields.Version)
            .UInt64(fields.Height.Value)
            .Hash(in parent)
            .UInt64(fields.Time.Milliseconds)
            .Hash(fields.TransactionsRoot)
            .Hash(fields.StateRoot)
            .Hash(fields.HistoryRoot)
            .Bytes(seal)
            .ToArray();
    }
}
