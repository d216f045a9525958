using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>A block that is put together from a compact block, from what this node holds, and from what its sender adds.</summary>
internal sealed class PartialBlock
{
    private readonly PeerMessage.CompactBlock _compact;
    private readonly ShortIdKey _key;
    private readonly Transaction?[] _transactions;

    private PartialBlock(PeerMessage.CompactBlock compact, Transaction?[] transactions)
    {
        _compact = compact;
        _key = new ShortIdKey(compact.Header.Id, compact.Salt);
        _transactions = transactions;
    }

    public BlockId Id => _compact.Header.Id;

    /// <summary>Places of the transactions that are not here, ascending.</summary>
    public List<int> Missing { get; } = [];

    /// <summary>Finds the transactions of a compact block among those at hand; null where its sender broke the rules.</summary>
    /// <param name="compact">The compact block, as decoded.</param>
    /// <param name="candidates">Transactions at hand; they may stand there twice.</param>
    public static PartialBlock? Match(PeerMessage.CompactBlock compact, IEnumerable<Transaction> candidates)
    {
        var transactions = new Transaction?[compact.TransactionCount];
        var partial = new PartialBlock(compact, transactions);
        foreach ((int index, Transaction transaction) in compact.Prefilled)
        {
            transactions[index] = transaction;
        }

        if (!partial.TryListShortIds(out Dictionary<ulong, int> places))
        {
            return null;
        }

        partial.Find(places, candidates);
        for (int i = 0; i < transactions.Length; i++)
        {
            if (transactions[i] is null)
            {
                partial.Missing.Add(i);
            }
        }

        return partial;
    }

    /// <summary>Puts the missing transactions in; false where they are not those that the compact block speaks of.</summary>
    public bool TryFill(IReadOnlyList<Transaction> given)
    {
        if (given.Count != Missing.Count)
        {
            return false;
        }

        TransactionHashes.FindIds(given);
        int place = 0;
        int nextShort = 0;
        int nextWhole = 0;
        for (int i = 0; i < given.Count; i++)
        {
            // The short id of a place is that of the place less the prefilled ones before it.
            for (; place < Missing[i]; place++)
            {
                Skip(place, ref nextShort, ref nextWhole);
            }

            if (_key.Of(given[i].Id) != ShortIdKey.Read(_compact.ShortIds.Span, nextShort))
            {
                return false;
            }

            _transactions[Missing[i]] = given[i];
        }

        return true;
    }

    /// <summary>
    /// The block, where its transactions are those of the header's root. They may not be though everybody did right: another
    /// transaction at hand had the short id of one of them.
    /// </summary>
    public bool TryAssemble(bool comparesRoots, [NotNullWhen(true)] out Block? block)
    {
        block = null;
        bool isSame = Block.RootOf(_transactions!) == _compact.Header.Fields.TransactionsRoot;
        return isSame && _compact.Source is { } source ? (block = source) is not null
            : (isSame || !comparesRoots) && Block.TryAssemble(_compact.Header, _transactions!, out block);
    }

    private void Skip(int place, ref int nextShort, ref int nextWhole)
    {
        if (nextWhole < _compact.Prefilled.Count && _compact.Prefilled[nextWhole].Index == place)
        {
            nextWhole++;
        }
        else
        {
            nextShort++;
        }
    }

    /// <summary>Which place has which short id; false where one stands there twice.</summary>
    private bool TryListShortIds(out Dictionary<ulong, int> places)
    {
        ReadOnlySpan<byte> shortIds = _compact.ShortIds.Span;
        places = new Dictionary<ulong, int>(shortIds.Length / ShortIdKey.Size);
        int next = 0;
        for (int place = 0; place < _transactions.Length; place++)
        {
            if (_transactions[place] is null && !places.TryAdd(ShortIdKey.Read(shortIds, next++), place))
            {
                return false;
            }
        }

        return true;
    }

    private void Find(Dictionary<ulong, int> places, IEnumerable<Transaction> candidates)
    {
        var ambiguous = new List<int>();
        foreach (Transaction candidate in candidates)
        {
            if (!places.TryGetValue(_key.Of(candidate.Id), out int place))
            {
                continue;
            }

            ref Transaction? found = ref _transactions[place];
            if (found is null)
            {
                found = candidate;
            }
            else if (found.Id != candidate.Id)
            {
                ambiguous.Add(place);
            }
        }

        foreach (int place in ambiguous)
        {
            _transactions[place] = null;
        }
    }
}
