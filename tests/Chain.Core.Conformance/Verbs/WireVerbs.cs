using Chain.Core.Wire;

namespace Chain.Core.Conformance;

/// <summary>The canonical encoding, transactions and blocks.</summary>
internal static class WireVerbs
{
    public static void AddTo(Dictionary<string, Func<Request, Answer>> verbs)
    {
        verbs["wire.canonical"] = IsCanonical;
        verbs["tx.decode"] = DecodeTransaction;
        verbs["block.decode"] = DecodeBlock;
    }

    private static Answer.Verdict IsCanonical(Request request) =>
        new(request.BytesToVerify("bytes") is { } bytes && CanonicalValue.Fills(bytes));

    private static Answer DecodeTransaction(Request request)
    {
        if (!WireValue.TryDecode(request.Bytes("bytes"), out Transaction? transaction, out WireError error))
        {
            return Answer.Invalid(error.ToString());
        }

        return new Answer.Fields(json =>
        {
            json.WriteString("id", HexOf(transaction.Id.Value));
            json.WriteString("sender", HexOf(transaction.Sender.Value));
            json.WriteNumber("scheme", (byte)transaction.Scheme);
            json.WriteString("key", Convert.ToHexStringLower(transaction.SenderKey.Span));
            json.WriteNumber("nonce", transaction.Terms.Nonce);
            json.WriteNumber("fee", transaction.Terms.Fee);
            json.WriteNumber("valid_until", transaction.Terms.ValidUntil.Value);
            json.WriteString("module", transaction.Terms.Call.Module);
            json.WriteString("method", transaction.Terms.Call.Method);
            json.WriteString("arguments", Convert.ToHexStringLower(transaction.Terms.Call.Arguments.Span));
            json.WriteString("sig", Convert.ToHexStringLower(transaction.Signature.Span));
        });
    }

    private static Answer DecodeBlock(Request request)
    {
        if (!WireValue.TryDecode(request.Bytes("bytes"), out Block? block, out WireError error))
        {
            return Answer.Invalid(error.ToString());
        }

        return new Answer.Fields(json =>
        {
            json.WriteString("id", HexOf(block.Id.Value));
            json.WriteNumber("version", block.Header.Fields.Version);
            json.WriteNumber("height", block.Height.Value);
            json.WriteString("parent", HexOf(block.Header.Parent.Value));
            json.WriteNumber("time", block.Header.Time.Milliseconds);
            json.WriteString("transactions_root", HexOf(block.Header.Fields.TransactionsRoot));
            json.WriteString("state_root", HexOf(block.Header.Fields.StateRoot));
            json.WriteString("history_root", HexOf(block.Header.Fields.HistoryRoot));
            json.WriteString("seal", Convert.ToHexStringLower(block.Header.Seal.Span));
            json.WriteStartArray("transactions");
            foreach (Transaction transaction in block.Transactions)
            {
                json.WriteStringValue(HexOf(transaction.Id.Value));
            }

            json.WriteEndArray();
        });
    }

    private static string HexOf(Crypto.Hash256 hash) => Convert.ToHexStringLower(hash.ToArray());
}
