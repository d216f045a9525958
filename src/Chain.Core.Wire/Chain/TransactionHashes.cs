using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>Hashes many transactions together, which takes a fraction of hashing them one by one.</summary>
public static class TransactionHashes
{
    /// <summary>Their bytes take less than from which on an array is collected with the oldest generation only.</summary>
    private const int AtOnce = 256;

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
        if (transactions.Count == 0)
        {
            return;
        }

        Transaction[] missing = [.. transactions.Where(transaction => !isKnown(transaction))];
        var room = new HashRoom(int.Min(missing.Length, AtOnce));
        foreach (Transaction[] some in missing.Chunk(AtOnce))
        {
            foreach (Transaction transaction in some)
            {
                append(room, transaction);
                room.End();
            }

            ReadOnlySpan<Hash256> hashes = room.Hash(domain);
            for (int i = 0; i < some.Length; i++)
            {
                set(some[i], in hashes[i]);
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
