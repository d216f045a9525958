using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>A header and its transactions. Canonical form: <c>[header, [transaction, …]]</c>. Immutable; keeps its bytes.</summary>
public sealed class Block : IWireValue<Block>
{
    private const int Elements = 2;

    /// <summary>Most bytes of the heads of the block and of its list.</summary>
    private const int MaxArrayHeaders = 6;

    private Block(BlockHeader header, Transaction[] transactions, ReadOnlyMemory<byte> encoded)
    {
        Header = header;
        Transactions = transactions;
        Encoded = encoded;
    }

    /// <summary>The header, whose id is the block's.</summary>
    public BlockHeader Header { get; }

    /// <inheritdoc cref="BlockHeader.Id"/>
    public BlockId Id => Header.Id;

    /// <inheritdoc cref="BlockHeader.Height"/>
    public BlockHeight Height => Header.Height;

    /// <summary>In the order in which they are applied.</summary>
    public IReadOnlyList<Transaction> Transactions { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>A block of this header and these transactions; their root is not compared.</summary>
    /// <exception cref="ArgumentException">The block does not fit <see cref="WireLimits"/>.</exception>
    public static Block Create(BlockHeader header, IReadOnlyList<Transaction> transactions)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(transactions);
        var writer = new WireWriter(4096);
        writer.ArrayHeader(Elements).Raw(header.Encoded.Span).ArrayHeader(transactions.Count);
        foreach (Transaction transaction in transactions)
        {
            writer.Raw(transaction.Encoded.Span);
        }

        return WireValue.TryDecode(writer.ToArray(), out Block? block, out WireError error)
            ? block
            : throw new ArgumentException($"The block does not fit the wire limits: {error}.", nameof(transactions));
    }

    /// <summary>
    /// A block of this header and these very objects, without decoding anything again; their root is not compared. False
    /// where it does not fit <see cref="WireLimits"/>.
    /// </summary>
    public static bool TryAssemble(BlockHeader header, IReadOnlyList<Transaction> transactions, [NotNullWhen(true)] out Block? block)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(transactions);
        block = null;
        long length = header.Encoded.Length;
        foreach (Transaction transaction in transactions)
        {
            length += transaction.Encoded.Length;
        }

        if (transactions.Count > WireLimits.BlockTransactions || length > WireLimits.BlockBytes)
        {
            return false;
        }

        var writer = new WireWriter((int)length + MaxArrayHeaders);
        writer.ArrayHeader(Elements).Raw(header.Encoded.Span).ArrayHeader(transactions.Count);
        foreach (Transaction transaction in transactions)
        {
            writer.Raw(transaction.Encoded.Span);
        }

        block = writer.Written.Length <= WireLimits.BlockBytes ? new Block(header, [.. transactions], writer.Written) : null;
        return block is not null;
    }

    /// <inheritdoc/>
    public static bool TryRead(ref WireReader reader, [NotNullWhen(true)] out Block? value)
    {
        value = null;
        int start = reader.Position;
        if (!reader.TryReadArrayHeader(Elements)
            || !BlockHeader.TryRead(ref reader, out BlockHeader? header)
            || !WireList.TryRead(ref reader, WireLimits.BlockTransactions, out Transaction[]? transactions)
            || !(reader.Position - start <= WireLimits.BlockBytes || reader.Fail(WireError.TooLong)))
        {
            return false;
        }

        value = new Block(header, transactions, reader.Since(start));
        return true;
    }

    /// <summary>The RFC 6962 root over the ids of <paramref name="transactions"/>.</summary>
    public static Hash256 RootOf(IReadOnlyList<Transaction> transactions)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        TransactionHashes.Find(transactions);
        var ids = new byte[transactions.Count * Hash256.Size];
        for (int i = 0; i < transactions.Count; i++)
        {
            transactions[i].Id.Value.CopyTo(ids.AsSpan(i * Hash256.Size));
        }

        var leaves = new Hash256[transactions.Count];
        MerkleTree.LeafHashes(ids, Hash256.Size, leaves);
        return MerkleTree.Root(leaves);
    }
}
