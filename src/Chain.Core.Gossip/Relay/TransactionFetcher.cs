using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// Asks for announced transactions: each of one peer at a time, of another announcer after a timeout. What was not
/// asked for is not taken.
/// </summary>
internal sealed class TransactionFetcher(
    RelayOptions options, Protections protections, PeerSet peers, PeerConduct conduct, TransactionBook book, IChainView chain)
{
    private const int MaxTrust = 64;

    /// <summary>Most trust that one timeout costs: many transactions were perhaps lost with one message.</summary>
    private const int MaxDistrustAtOnce = 16;

    private readonly WakeUp _wakeUp = new(TimerKind.Transactions);

    public void OnAnnounced(Peer peer, IReadOnlyList<TransactionId> ids, in Step step)
    {
        if (ids.Count == 0)
        {
            conduct.Blame(peer, Misbehaviour.EmptyList, step);
            return;
        }

        var batch = new RequestBatch();
        for (int i = 0; i < ids.Count; i++)
        {
            if (book.TryFind(ids[i], out RelayedTransaction? transaction))
            {
                transaction.Known.Add(peer.Slot);
                if (transaction.State == RelayedState.Asked)
                {
                    transaction.AddAnnouncer(peer.Id, options.MaxAnnouncers);
                }
            }
            else if (chain.KnowsTransaction(ids[i]))
            {
                book.See(ids[i]).Known.Add(peer.Slot);
            }
            else if (book.Asked < options.MaxAsked && HasRoom(peer))
            {
                transaction = new RelayedTransaction(ids[i]);
                transaction.Known.Add(peer.Slot);
                Ask(transaction, peer, batch, step.Now);
            }
        }

        batch.Send(step.Effects);
        Schedule(step);
    }

    public void OnDelivered(Peer peer, IReadOnlyList<Transaction> transactions, in Step step)
    {
        if (transactions.Count == 0)
        {
            conduct.Blame(peer, Misbehaviour.EmptyList, step);
            return;
        }

        TransactionHashes.FindIds(transactions);
        var taken = new List<Transaction>(transactions.Count);
        for (int i = 0; i < transactions.Count; i++)
        {
            if (IsTaken(peer, transactions[i].Id, step))
            {
                taken.Add(transactions[i]);
            }
        }

        if (taken.Count > 0)
        {
            peer.Relay.Trust = int.Min(peer.Relay.Trust + taken.Count, MaxTrust);
            step.Effects.Emit(new GossipEvent.TransactionsReceived(peer.Id, taken));
        }

        Schedule(step);
    }

    public void OnTimer(in Step step)
    {
        _wakeUp.OnFired();
        var batch = new RequestBatch();
        var withheld = new SortedDictionary<ConnectionId, int>();
        while (book.FirstDue is { } first && first.Due <= step.Now)
        {
            if (chain.KnowsTransaction(first.Id))
            {
                // A block took it, here and where it was announced: the peer has nothing to deliver any more.
                book.See(first.Id);
                continue;
            }

            ConnectionId asked = first.AskedOf;
            book.ExpectLate(asked);
            withheld[asked] = withheld.GetValueOrDefault(asked) + 1;
            AskAnother(first, batch, step.Now);
        }

        batch.Send(step.Effects);
        foreach ((ConnectionId connection, int count) in withheld)
        {
            Distrust(connection, count, step);
        }

        Schedule(step);
    }

    public void OnGone(Peer gone, in Step step)
    {
        if (gone.Relay.Asked == 0)
        {
            return;
        }

        var batch = new RequestBatch();
        RelayedTransaction? last = book.LastAsked;
        for (RelayedTransaction? transaction = book.FirstDue; transaction is not null;)
        {
            // What is asked again goes to the end of the list, past where the walk stops.
            RelayedTransaction? next = transaction == last ? null : transaction.Next;
            if (transaction.AskedOf == gone.Id)
            {
                AskAnother(transaction, batch, step.Now);
            }

            transaction = next;
        }

        batch.Send(step.Effects);
        Schedule(step);
    }

    private bool HasRoom(Peer peer) => peer.Relay.Asked < options.MaxAskedOfPeer;

    private void Ask(RelayedTransaction transaction, Peer peer, RequestBatch batch, Instant now)
    {
        book.Ask(transaction, peer, now + options.RequestTimeout);
        batch.Add(peer.Id, transaction.Id);
    }

    private void AskAnother(RelayedTransaction transaction, RequestBatch batch, Instant now)
    {
        while (transaction.TryTakeAnnouncer(out ConnectionId announcer))
        {
            if (peers.TryGetReady(announcer, out Peer? peer) && HasRoom(peer))
            {
                Ask(transaction, peer, batch, now);
                return;
            }
        }

        book.Forget(transaction);
    }

    /// <summary>Decides whether a delivered transaction is taken, and remembers it where it was asked for.</summary>
    private bool IsTaken(Peer peer, TransactionId id, in Step step)
    {
        bool isNew = !book.TryFind(id, out RelayedTransaction? transaction) || transaction.State == RelayedState.Asked;
        bool isAnswer = transaction?.State == RelayedState.Asked && transaction.AskedOf == peer.Id;
        if (!isAnswer && peer.Relay.LateAnswers == 0 && protections.RefusesDuplicates)
        {
            transaction?.Known.Add(peer.Slot);
            conduct.Blame(peer, Misbehaviour.UnsolicitedTransaction, step);
            return false;
        }

        if (isAnswer)
        {
            book.Receive(transaction!);
        }
        else
        {
            peer.Relay.LateAnswers = int.Max(peer.Relay.LateAnswers - 1, 0);
            transaction = book.See(id);
        }

        transaction!.Known.Add(peer.Slot);
        return isNew || !protections.RefusesDuplicates;
    }

    private void Distrust(ConnectionId connection, int withheld, in Step step)
    {
        if (!peers.TryGetReady(connection, out Peer? peer))
        {
            return;
        }

        peer.Relay.Trust -= int.Min(withheld, MaxDistrustAtOnce);
        if (peer.Relay.Trust <= -MaxTrust)
        {
            peer.Relay.Trust = 0;
            conduct.Blame(peer, Misbehaviour.WithheldTransactions, step);
        }
    }

    private void Schedule(in Step step)
    {
        if (book.FirstDue is { } first)
        {
            _wakeUp.By(first.Due, step);
        }
    }
}
