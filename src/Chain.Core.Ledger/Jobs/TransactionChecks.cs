using System.Runtime.InteropServices;
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
    public static void CheckSignatures(
        LedgerDefinition definition, BlockId genesis, IReadOnlyList<Transaction> transactions, Span<TransactionRefusal> refusals)
    {
        var indexes = new List<int>(transactions.Count);
        for (int tag = 1; tag <= byte.MaxValue; tag++)
        {
            if (definition.Schemes.Find((SignatureSchemeTag)tag) is { } scheme)
            {
                indexes.Clear();
                for (int i = 0; i < transactions.Count; i++)
                {
                    if (transactions[i].Scheme == scheme.Tag && refusals[i] == TransactionRefusal.None)
                    {
                        indexes.Add(i);
                    }
                }

                CheckSignatures(scheme, genesis, transactions, CollectionsMarshal.AsSpan(indexes), refusals);
            }
        }
    }

    private static void CheckSignatures(
        ISignatureScheme scheme,
        BlockId genesis,
        IReadOnlyList<Transaction> transactions,
        ReadOnlySpan<int> indexes,
        Span<TransactionRefusal> refusals)
    {
        if (indexes.IsEmpty)
        {
            return;
        }

        var claims = new SignatureClaim[indexes.Length];
        for (int i = 0; i < claims.Length; i++)
        {
            claims[i] = transactions[indexes[i]].ClaimFor(genesis);
        }

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
