using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>Turns what the node knows into results.</summary>
internal static class Results
{
    public static BlockPlace Place(BlockHeader header) => new(header.Height, header.Id);

    public static HeaderResult Header(BlockHeader header, ChainSnapshot chain)
    {
        HeaderFields fields = header.Fields;
        return new HeaderResult(
            header.Id, header.Height, header.Parent, header.Time, fields.Version, fields.TransactionsRoot, fields.StateRoot,
            fields.HistoryRoot, header.Seal, header.Encoded, StandingOf(header, chain));
    }

    /// <summary>A block, with its transactions whole or by their ids.</summary>
    public static BlockResult Block(Block block, ChainSnapshot chain, bool isFull)
    {
        IReadOnlyList<Receipt>? receipts = isFull ? chain.FindReceipts(block.Id) : null;
        return new BlockResult(
            Header(block.Header, chain),
            block.Encoded.Length,
            block.Transactions.Count,
            isFull ? null : [.. block.Transactions.Select(static transaction => transaction.Id)],
            isFull ? [.. block.Transactions.Select((transaction, i) => new AppliedTransaction(Transaction(transaction), Receipt(receipts?[i])))] : null);
    }

    public static TransactionResult Transaction(Transaction transaction)
    {
        TransactionTerms terms = transaction.Terms;
        return new TransactionResult(
            transaction.Id, transaction.Sender, Scheme(transaction.Scheme), transaction.SenderKey, terms.Nonce, terms.Fee,
            terms.ValidUntil, terms.Call.Module, terms.Call.Method, terms.Call.Arguments, transaction.Encoded);
    }

    public static ReceiptResult? Receipt(Receipt? receipt) => receipt is null ? null : new ReceiptResult(
        StatusOf(receipt.Status),
        receipt.Reason,
        receipt.Fee,
        receipt.Cost,
        [.. receipt.Events.Select(static one => new EventResult(one.Module, one.Name, one.Content))]);

    public static string Scheme(SignatureSchemeTag scheme) => scheme switch
    {
        SignatureSchemeTag.Ed25519 => "ed25519",
        SignatureSchemeTag.EcdsaSecp256k1 => "ecdsaSecp256k1",
        SignatureSchemeTag.SchnorrSecp256k1 => "schnorrSecp256k1",
        SignatureSchemeTag.MLDsa65 => "mlDsa65",
        _ => $"scheme{(byte)scheme}",
    };

    private static string StatusOf(TransactionStatus status) => status switch
    {
        TransactionStatus.Applied => "applied",
        TransactionStatus.Failed => "failed",
        TransactionStatus.UnknownCall => "unknownCall",
        TransactionStatus.BadArguments => "badArguments",
        _ => "costExceeded",
    };

    private static string StandingOf(BlockHeader header, ChainSnapshot chain) =>
        !chain.IsOnChain(header) ? "abandoned"
        : header.Height <= chain.Finalized.Height ? "finalized"
        : "onChain";
}
