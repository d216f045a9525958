using System.Diagnostics;

namespace Chain.Core.Gossip;

/// <summary>Transactions of one state in the order in which they came to it; each stands in one list at most.</summary>
internal sealed class RelayList
{
    public int Count { get; private set; }

    public RelayedTransaction? First { get; private set; }

    public RelayedTransaction? Last { get; private set; }

    public void Append(RelayedTransaction transaction)
    {
        Debug.Assert(transaction.Previous is null && transaction.Next is null, "It stands in a list already.");
        transaction.Previous = Last;
        if (Last is null)
        {
            First = transaction;
        }
        else
        {
            Last.Next = transaction;
        }

        Last = transaction;
        Count++;
    }

    public void Remove(RelayedTransaction transaction)
    {
        if (transaction.Previous is { } previous)
        {
            previous.Next = transaction.Next;
        }
        else
        {
            First = transaction.Next;
        }

        if (transaction.Next is { } next)
        {
            next.Previous = transaction.Previous;
        }
        else
        {
            Last = transaction.Previous;
        }

        transaction.Previous = null;
        transaction.Next = null;
        Count--;
    }
}
