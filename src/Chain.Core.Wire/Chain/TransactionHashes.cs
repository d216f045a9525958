using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>Hashes many transactions together, which takes a fraction of hashing them one by one.</summary>
public static class TransactionHashes
{
    private const int AtOnce = 512;

    /// <summary>Finds the ids and senders of transactions, as if each had been asked for them.</summary>
    public static void Find(IReadOnlyList<Transaction> transactions)
    {
        FindIds(transactions);
        Find(transactions, static transaction => transaction.HasSender, AccountAddress.Domain, AppendSender, Transaction.SetSender);
    }

    /// <summary>Finds the ids of transactions, as if each had been asked for its own.</summary>
    public static void FindIds(IReadOnlyList<Transaction> transactions)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        Find(transactions, static transaction => transaction.HasId, Transaction.IdDomain, AppendEncoded, Transaction.SetId);
    }

    /// <summary>The claims to verify, in the order of <paramref name="places"/>: see <see cref="Transaction.ClaimFor"/>.</summary>
    /// <param name="transactions">The transactions.</param>
    /// <param name="places">Which of them.</param>
    /// <param name="genesis">The chain that they must be signed for.</param>
    public static SignatureClaim[] ClaimsFor(IReadOnlyList<Transaction> transactions, IReadOnlyList<int> places, BlockId genesis)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        ArgumentNullException.ThrowIfNull(places);
        Hash256 chain = genesis.Value;
        var claims = new SignatureClaim[places.Count];
        var room = new HashRoom(int.Min(places.Count, AtOnce));
        var messages = new byte[places.Count * Hash256.Size];
        for (int first = 0; first < claims.Length; first += AtOnce)
        {
            int count = int.Min(AtOnce, claims.Length - first);
            for (int i = 0; i < count; i++)
            {
                room.Append(Hash256.AsSpan(in chain));
                room.Append(transactions[places[first + i]].Body);
                room.End();
            }

            ReadOnlySpan<Hash256> hashes = room.Hash(Transaction.SigningDomain);
            for (int i = 0; i < count; i++)
            {
                Transaction transaction = transactions[places[first + i]];
                Memory<byte> message = messages.AsMemory((first + i) * Hash256.Size, Hash256.Size);
                hashes[i].CopyTo(message.Span);
                claims[first + i] = new SignatureClaim(transaction.SenderKey, message, transaction.Signature);
            }
        }

        return claims;
    }

    private static void Find(
        IReadOnlyList<Transaction> transactions,
        Func<Transaction, bool> isKnown,
        HashDomain domain,
        Action<HashRoom, Transaction> append,
        SetHash set)
    {
        var room = new HashRoom(int.Min(transactions.Count, AtOnce));
        var missing = new List<Transaction>(int.Min(transactions.Count, AtOnce));
        for (int i = 0; i < transactions.Count; i++)
        {
            if (!isKnown(transactions[i]))
            {
                missing.Add(transactions[i]);
                append(room, transactions[i]);
                room.End();
            }

            if (missing.Count == AtOnce || (i == transactions.Count - 1 && missing.Count != 0))
            {
                ReadOnlySpan<Hash256> hashes = room.Hash(domain);
                for (int j = 0; j < missing.Count; j++)
                {
                    set(missing[j], in hashes[j]);
                }

                missing.Clear();
            }
        }
    }

    private static void AppendEncoded(HashRoom room, Transaction transaction) => room.Append(transaction.Encoded.Span);

    private static void AppendSender(HashRoom room, Transaction transaction)
    {
        room.Append([(byte)transaction.Scheme]);
        room.Append(transaction.SenderKey.Span);
    }

    private delegate void SetHash(Transaction transaction, in Hash256 hash);
}
