using Chain.Core.Crypto;

namespace Chain.Core.Wire.Tests;

/// <summary>Makes a decoded value anew from its fields alone, so that kept bytes cannot hide a field that was misread.</summary>
internal static class Rebuild
{
    internal static BlockHeader From(BlockHeader header) => BlockHeader.Create(header.Fields, header.Seal.Span);

    internal static Transaction From(Transaction transaction)
    {
        TransactionTerms terms = transaction.Terms;
        return Transaction.Sign(in terms, BlockId.None, new KnownSignature(transaction));
    }

    internal static Block From(Block block) => Block.Create(From(block.Header), [.. block.Transactions.Select(From)]);

    internal static PeerMessage From(PeerMessage message) => message switch
    {
        PeerMessage.Transactions transactions => new PeerMessage.Transactions([.. transactions.Items.Select(From)]),
        PeerMessage.AnnounceBlocks headers => new PeerMessage.AnnounceBlocks([.. headers.Items.Select(From)]),
        PeerMessage.Headers headers => new PeerMessage.Headers([.. headers.Items.Select(From)]),
        PeerMessage.DeliverBlock delivered => new PeerMessage.DeliverBlock(From(delivered.Block)),
        PeerMessage.CompactBlock compact => new PeerMessage.CompactBlock(
            From(compact.Header),
            compact.Salt,
            compact.ShortIds.ToArray(),
            [.. compact.Prefilled.Select(each => new PrefilledTransaction(each.Index, From(each.Transaction)))]),
        PeerMessage.BlockTransactions given => new PeerMessage.BlockTransactions(given.Block, [.. given.Items.Select(From)]),
        _ => message,
    };

    private sealed class KnownSignature(Transaction transaction) : ISigner
    {
        public SignatureSchemeTag Scheme => transaction.Scheme;

        public ReadOnlyMemory<byte> PublicKey => transaction.SenderKey;

        public byte[] Sign(ReadOnlySpan<byte> message) => transaction.Signature.ToArray();
    }
}
