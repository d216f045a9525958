using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>The checks of transactions that need no state; the cheap ones first, then all signatures together.</summary>
internal static class TransactionChecks
{
    /// <summary>Everything but the signature.</summary>
    /// <param name="definition">The rules.</param>
    /// <param name="transaction">What to check.</param>
    /// <param name="height">The height of the block that it is in or would be in next.</param>
    public static TransactionRefusal CheckForm(LedgerDefinition definition, Transaction transaction, BlockHeight height)
    {
        if (transaction.Encoded.Length > definition.Limits.TransactionBytes)
        {
            return TransactionRefusal.TooLarge;
        }

        if (transaction.Terms.ValidUntil < height)
        {
            return TransactionRefusal.Expired;
        }

        if (transaction.Terms.Fee < definition.Limits.MinFee)
        {
            return TransactionRefusal.FeeTooLow;
        }

        ISignatureScheme? scheme = definition.Schemes.Find(transaction.Scheme);
        if (scheme is null)
        {
            return TransactionRefusal.UnknownScheme;
        }

        bool hasLengths = transaction.SenderKey.Length == scheme.PublicKeySize && transaction.Signature.Length == scheme.SignatureSize;
        return hasLengths ? TransactionRefusal.None : TransactionRefusal.BadSignature;
    }

    /// <summary>Checks the signatures of all transactions that are not refused yet, those of a scheme together.</summary>
    /// <param name="definition">The rules.</param>
    /// <param name="genesis">The chain that they must be made for.</param>
    /// <param name="transactions">What to check.</param>
    /// <param name="places">Which of them; null for all.</param>
    /// <param name="refusals">One for each transaction; those that are refused already are passed over.</param>
    public static void CheckSignatures(
        LedgerDefinition definition,
        BlockId genesis,
        IReadOnlyList<Transaction> transactions,
        IReadOnlyList<int>? places,
        Span<TransactionRefusal> refusals)
    {
        int count = places?.Count ?? transactions.Count;
        var indexes = new List<int>(count);
        for (int tag = 1; tag <= byte.MaxValue; tag++)
        {
            if (definition.Schemes.Find((SignatureSchemeTag)tag) is { } scheme)
            {
                indexes.Clear();
                for (int place = 0; place < count; place++)
                {
                    int i = places?[place] ?? place;
                    if (transactions[i].Scheme == scheme.Tag && refusals[i] == TransactionRefusal.None)
                    {
                        indexes.Add(i);
                    }
                }

                CheckSignatures(scheme, genesis, transactions, indexes, refusals);
            }
        }
    }

    private static void CheckSignatures(
        ISignatureScheme scheme,
        BlockId genesis,
        IReadOnlyList<Transaction> transactions,
        List<int> indexes,
        Span<TransactionRefusal> refusals)
    {
        if (indexes.Count == 0)
        {
            return;
        }

        SignatureClaim[] claims = TransactionHashes.ClaimsFor(transactions, indexes, genesis);
        var verdicts = new bool[claims.Length];
        scheme.VerifyMany(claims, verdicts);
        for (int i = 0; i < verdicts.Length; i++)
        {
            if (!verdicts[i])
            {
                refusals[indexes[i]] = TransactionRefusal.BadSignature;
            }
        }
    }
}
