using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// Asks for announced transactions: each of one peer at a time, of another announcer after a timeout. What was not
/// asked for is not taken.
/// </summary>
internal sealed class TransactionFetcher(
    RelayOptions options, Protections protections, PeerSet peers, PeerConduct conduct, IChainView chain, IdComparer comparer)
{
    private const int MaxTrust = 64;

    /// <summary>Most trust that one timeout costs: many transactions were perhaps lost with one message.</summary>
    private const int MaxDistrustAtOnce = 16;

    private readonly GenerationalSet _seen = new(options.RecentlySeen, comparer);
    private readonly Dictionary<Hash256, LinkedListNode<AskedTransaction>> _byId = new(comparer);
    private readonly LinkedList<AskedTransaction> _byDue = [];
    private readonly WakeUp _wakeUp = new(TimerKind.Transactions);

    /// <summary>Transactions that are asked for.</summary>
    public int Asked => _byDue.Count;

    public void OnAnnounced(Peer peer, IReadOnlyList<TransactionId> ids, in Step step)
    {
        if (ids.Count == 0)
        {
            conduct.Blame(peer, Misbehaviour.EmptyList, step);
            return;
        }

        var batch = new RequestBatch();
        foreach (TransactionId id in ids)
        {
            peer.Known.Add(id.Value);
            if (_byId.TryGetValue(id.Value, out LinkedListNode<AskedTransaction>? asked))
            {
                asked.Value.AddAnnouncer(peer.Id, options.MaxAnnouncers);
            }
            else if (_byDue.Count < options.MaxAsked && HasRoom(peer) && !_seen.Contains(id.Value) && !chain.KnowsTransaction(id))
            {
                Ask(new AskedTransaction(id), peer, batch, step.Now);
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

        var taken = new List<Transaction>(transactions.Count);
        foreach (Transaction transaction in transactions)
        {
            peer.Known.Add(transaction.Id.Value);
            bool isExpected = IsExpected(peer, transaction.Id);
            if (!protections.RefusesDuplicates)
            {
                taken.Add(transaction);
            }
            else if (!isExpected)
            {
                conduct.Blame(peer, Misbehaviour.UnsolicitedTransaction, step);
            }
            else if (_seen.Add(transaction.Id.Value))
            {
                taken.Add(transaction);
            }
        }

        if (taken.Count > 0)
        {
            peer.Relay.Trust = int.Min(peer.Relay.Trust + taken.Count, MaxTrust);
            step.Effects.Emit(new GossipEvent.TransactionsReceived(peer.Id, taken));
        }

        Schedule(step);
    }

    /// <summary>Not to be asked for again for a while, whoever announces it.</summary>
    public void OnSettled(TransactionId id) => _seen.Add(id.Value);

    public void OnTimer(in Step step)
    {
        _wakeUp.OnFired();
        var batch = new RequestBatch();
        var withheld = new SortedDictionary<ConnectionId, int>();
        while (_byDue.First is { } first && first.Value.Due <= step.Now)
        {
            ConnectionId asked = first.Value.AskedOf;
            ExpectLate(asked);
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
        LinkedListNode<AskedTransaction>? last = _byDue.Last;
        for (LinkedListNode<AskedTransaction>? node = _byDue.First; node is not null;)
        {
            // What is asked again goes to the end of the list, past where the walk stops.
            LinkedListNode<AskedTransaction>? next = node == last ? null : node.Next;
            if (node.Value.AskedOf == gone.Id)
            {
                AskAnother(node, batch, step.Now);
            }

            node = next;
        }

        batch.Send(step.Effects);
        Schedule(step);
    }

    private bool HasRoom(Peer peer) => peer.Relay.Asked < options.MaxAskedOfPeer;

    private void Ask(AskedTransaction transaction, Peer peer, RequestBatch batch, Instant now)
    {
        transaction.AskedOf = peer.Id;
        transaction.Due = now + options.RequestTimeout;
        peer.Relay.Asked++;
        _byId[transaction.Id.Value] = _byDue.AddLast(transaction);
        batch.Add(peer.Id, transaction.Id);
    }

    private void AskAnother(LinkedListNode<AskedTransaction> node, RequestBatch batch, Instant now)
    {
        AskedTransaction transaction = node.Value;
        Forget(node);
        while (transaction.TryTakeAnnouncer(out ConnectionId announcer))
        {
            if (peers.TryGetReady(announcer, out Peer? peer) && HasRoom(peer))
            {
                Ask(transaction, peer, batch, now);
                return;
            }
        }
    }

    /// <summary>Whether the peer was asked for it, now or before it was given up; it is asked for no more.</summary>
    private bool IsExpected(Peer peer, TransactionId id)
    {
        bool isAsked = _byId.TryGetValue(id.Value, out LinkedListNode<AskedTransaction>? node);
        if (isAsked && node!.Value.AskedOf == peer.Id)
        {
            Forget(node);
            return true;
        }

        if (peer.Relay.LateAnswers == 0)
        {
            return false;
        }

        peer.Relay.LateAnswers--;
        if (isAsked)
        {
            ExpectLate(node!.Value.AskedOf);
            Forget(node);
        }

        return true;
    }

    private void ExpectLate(ConnectionId connection)
    {
        if (peers.TryGetReady(connection, out Peer? peer))
        {
            peer.Relay.LateAnswers = int.Min(peer.Relay.LateAnswers + 1, options.MaxAskedOfPeer);
        }
    }

    private void Forget(LinkedListNode<AskedTransaction> node)
    {
        _byDue.Remove(node);
        _byId.Remove(node.Value.Id.Value);
        if (peers.TryGet(node.Value.AskedOf, out Peer? peer))
        {
            peer.Relay.Asked--;
        }
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
        if (_byDue.First is { } first)
        {
            _wakeUp.By(first.Value.Due, step);
        }
    }
}
