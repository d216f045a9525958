using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// What the relay knows of transactions, in one table: an announced id costs one look-up, whatever is to be known
/// of it. What peers merely announce takes no room here until they are asked for it.
/// </summary>
internal sealed class TransactionBook(RelayOptions options, PeerSet peers, IdComparer comparer)
{
    private readonly Dictionary<Hash256, RelayedTransaction> _byId = new(comparer);
    private readonly RelayList _asked = new();
    private readonly RelayList _seen = new();
    private readonly PeerSlots _slots = new();

    /// <summary>Transactions that peers are asked for.</summary>
    public int Asked => _asked.Count;

    /// <summary>Transactions that are remembered as received.</summary>
    public int Seen => _seen.Count;

    /// <summary>The one whose time is up first.</summary>
    public RelayedTransaction? FirstDue => _asked.First;

    /// <summary>The one that was asked for last.</summary>
    public RelayedTransaction? LastAsked => _asked.Last;

    /// <summary>Makes a peer one that transactions can be marked with.</summary>
    public void Add(Peer peer)
    {
        if (!_slots.TryTake(out int slot))
        {
            Clean();
            slot = _slots.Take();
        }

        peer.Slot = slot;
    }

    /// <summary>Gives the slot of a peer up; its marks are cleared when slots are scarce.</summary>
    public void Remove(Peer peer)
    {
        if (peer.Slot != Peer.NoSlot)
        {
            _slots.GiveBack(peer.Slot);
            peer.Slot = Peer.NoSlot;
        }
    }

    public bool TryFind(TransactionId id, [NotNullWhen(true)] out RelayedTransaction? transaction) =>
        _byId.TryGetValue(id.Value, out transaction);

    /// <summary>Notes that a peer is asked, for the first time or after another one.</summary>
    public void Ask(RelayedTransaction transaction, Peer peer, Instant due)
    {
        Unlist(transaction);
        transaction.AskedOf = peer.Id;
        transaction.Due = due;
        transaction.State = RelayedState.Asked;
        peer.Relay.Asked++;
        _asked.Append(transaction);
        _byId[transaction.Id.Value] = transaction;
    }

    /// <summary>The transaction, remembered as received from now on, from whatever source: who is asked for it may still answer.</summary>
    public RelayedTransaction See(TransactionId id)
    {
        if (!TryFind(id, out RelayedTransaction? transaction))
        {
            transaction = new RelayedTransaction(id);
            _byId.Add(id.Value, transaction);
        }
        else if (transaction.State == RelayedState.Asked)
        {
            ExpectLate(transaction.AskedOf);
        }

        Receive(transaction);
        return transaction;
    }

    /// <summary>Remembers it as received from now on, from the peer that was asked for it; the oldest ones are forgotten.</summary>
    public void Receive(RelayedTransaction transaction)
    {
        if (transaction.State == RelayedState.Seen)
        {
            return;
        }

        Unlist(transaction);
        transaction.ForgetAnnouncers();
        transaction.State = RelayedState.Seen;
        _seen.Append(transaction);
        if (_seen.Count > options.RecentlySeen)
        {
            Forget(_seen.First!);
        }
    }

    /// <summary>Allows a peer to answer a request that was given up.</summary>
    public void ExpectLate(ConnectionId connection)
    {
        if (peers.TryGetReady(connection, out Peer? peer))
        {
            peer.Relay.LateAnswers = int.Min(peer.Relay.LateAnswers + 1, options.MaxAskedOfPeer);
        }
    }

    /// <summary>Forgets it: who announces it again is asked again.</summary>
    public void Forget(RelayedTransaction transaction)
    {
        Unlist(transaction);
        transaction.State = RelayedState.Forgotten;
        _byId.Remove(transaction.Id.Value);
    }

    private void Unlist(RelayedTransaction transaction)
    {
        switch (transaction.State)
        {
            case RelayedState.Asked:
                _asked.Remove(transaction);
                if (peers.TryGet(transaction.AskedOf, out Peer? peer))
                {
                    peer.Relay.Asked--;
                }

                break;
            case RelayedState.Seen:
                _seen.Remove(transaction);
                break;
        }
    }

    /// <summary>Clears the marks of all peers that are gone: one walk for many of them.</summary>
    private void Clean()
    {
        PeerMarks gone = _slots.Recycle();
        Clean(_asked, in gone);
        Clean(_seen, in gone);
    }

    private static void Clean(RelayList list, in PeerMarks gone)
    {
        for (RelayedTransaction? each = list.First; each is not null; each = each.Next)
        {
            each.Known.Remove(in gone);
            each.Served.Remove(in gone);
        }
    }
}
