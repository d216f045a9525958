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

    private static readonly HashDomain IdDomain = new("chain-core/block/v1");
    private static readonly HashDomain UnsealedDomain = new("chain-core/block-unsealed/v1");

    private BlockHeader(in HeaderFields fields, ReadOnlyMemory<byte> seal, ReadOnlyMemory<byte> encoded)
    {
        Fields = fields;
        Seal = seal;
        Encoded = encoded;
        Id = new BlockId(IdDomain.Hash(encoded.Span));
    }

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
        return new BlockHeader(in fields, seal.ToArray(), encoded);
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
        value = new BlockHeader(in fields, seal, reader.Since(start));
        return true;
    }

    /// <summary>The tagged hash of the fields without a seal: what a seal commits to.</summary>
    public static Hash256 UnsealedHash(in HeaderFields fields) => UnsealedDomain.Hash(Encode(in fields, default));

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
