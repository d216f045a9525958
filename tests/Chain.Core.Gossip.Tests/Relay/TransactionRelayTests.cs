using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Relay;

public sealed class TransactionRelayTests
{
    private static readonly Transaction First = Chains.Transaction(1);
    private static readonly Transaction Second = Chains.Transaction(2);

    private readonly Scene _scene = new Scene().Start();

    [Fact]
    public void Admitted_SeveralInARow_AnnouncesThemTogetherAfterAWait()
    {
        ConnectionId bob = _scene.Meet("bob");

        Admit(First);
        Admit(Second);
        Assert.Empty(_scene.Sent<PeerMessage.AnnounceTransactions>(bob));
        _scene.Wait(Chains.Options.Relay.AnnounceInterval);

        Assert.Equal([First.Id, Second.Id], Assert.Single(_scene.Sent<PeerMessage.AnnounceTransactions>(bob)).Ids);
    }

    [Fact]
    public void Admitted_CameFromBob_IsAnnouncedToCarolOnly()
    {
        ConnectionId bob = _scene.Meet("bob");
        ConnectionId carol = _scene.Meet("carol");

        _scene.Hear(bob, new PeerMessage.AnnounceTransactions([First.Id]));
        Assert.Equal([First.Id], Assert.Single(_scene.Sent<PeerMessage.RequestTransactions>(bob)).Ids);
        _scene.Hear(bob, new PeerMessage.Transactions([First]));
        _scene.Wait(Chains.Options.Relay.AnnounceInterval);

        Assert.Empty(_scene.Sent<PeerMessage.AnnounceTransactions>(bob));
        Assert.Single(_scene.Sent<PeerMessage.AnnounceTransactions>(carol));
        Assert.True(_scene.Chain.KnowsTransaction(First.Id));
    }

    [Fact]
    public void Admitted_BobAnnouncesItWhileItWaits_IsNotAnnouncedBack()
    {
        ConnectionId bob = _scene.Meet("bob");
        Admit(First);

        _scene.Hear(bob, new PeerMessage.AnnounceTransactions([First.Id]));
        _scene.Wait(Chains.Options.Relay.AnnounceInterval);

        Assert.Empty(_scene.Sent<PeerMessage.AnnounceTransactions>(bob));
    }

    [Fact]
    public void Admitted_MoreThanOneMessageHolds_GoesOutInFullMessages()
    {
        ConnectionId bob = _scene.Meet("bob");
        Transaction[] many = [.. Enumerable.Range(0, 2500).Select(i => Chains.Transaction((ulong)i))];
        Assert.All(many, transaction => _scene.Chain.Add(transaction));

        _scene.Tell(new GossipInput.TransactionsAdmitted([.. many.Select(t => t.Id)]));
        _scene.Wait(Chains.Options.Relay.AnnounceInterval);

        Assert.Equal([1024, 1024, 452], _scene.Sent<PeerMessage.AnnounceTransactions>(bob).Select(message => message.Ids.Count));
    }

    [Fact]
    public void Admitted_PeerWithoutTransactionRelay_HearsNothing()
    {
        ConnectionId bob = _scene.Connect("bob");
        _scene.Hear(bob, Scene.Hello("bob") with { Capabilities = PeerCapabilities.FullHistory });

        Admit(First);
        _scene.Wait(TimeSpan.FromSeconds(1));

        Assert.Empty(_scene.Sent<PeerMessage.AnnounceTransactions>(bob));
    }

    [Fact]
    public void Announced_ByTwoPeers_OneIsAskedAndTheOtherAfterATimeout()
    {
        ConnectionId bob = _scene.Meet("bob");
        ConnectionId carol = _scene.Meet("carol");
        _scene.Hear(bob, new PeerMessage.AnnounceTransactions([First.Id]));
        _scene.Hear(carol, new PeerMessage.AnnounceTransactions([First.Id]));
        Assert.Single(_scene.Sent<PeerMessage.RequestTransactions>(bob));
        Assert.Empty(_scene.Sent<PeerMessage.RequestTransactions>(carol));

        _scene.Wait(Chains.Options.Relay.RequestTimeout);

        Assert.Single(_scene.Sent<PeerMessage.RequestTransactions>(carol));
        _scene.Hear(carol, new PeerMessage.Transactions([First]));
        _scene.Hear(bob, new PeerMessage.Transactions([First]));
        Assert.Equal(carol, Assert.Single(_scene.Take<GossipEvent.TransactionsReceived>()).Connection);
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    [Fact]
    public void Announced_AskedPeerLeaves_TheOtherIsAskedAtOnce()
    {
        ConnectionId bob = _scene.Meet("bob");
        ConnectionId carol = _scene.Meet("carol");
        _scene.Hear(bob, new PeerMessage.AnnounceTransactions([First.Id, Second.Id]));
        _scene.Hear(carol, new PeerMessage.AnnounceTransactions([First.Id]));

        _scene.Tell(new GossipInput.Disconnected(bob, "reset"));

        Assert.Equal([First.Id], Assert.Single(_scene.Sent<PeerMessage.RequestTransactions>(carol)).Ids);
        Assert.Equal(1, _scene.Machine.Held.AskedTransactions);
    }

    [Fact]
    public void Announced_NobodyDelivers_MayBeAnnouncedAgain()
    {
        ConnectionId bob = _scene.Meet("bob");
        _scene.Hear(bob, new PeerMessage.AnnounceTransactions([First.Id]));
        _scene.Wait(Chains.Options.Relay.RequestTimeout);
        Assert.Equal(0, _scene.Machine.Held.AskedTransactions);
        _scene.ForgetSent();

        _scene.Hear(bob, new PeerMessage.AnnounceTransactions([First.Id]));

        Assert.Single(_scene.Sent<PeerMessage.RequestTransactions>(bob));
    }

    /// <summary>Blocks take what was announced before it is asked for: it cannot be delivered any more, and need not.</summary>
    [Fact]
    public void Announced_ABlockTakesItBeforeItIsDelivered_NobodyIsBlamedAndNoOtherIsAsked()
    {
        ConnectionId bob = _scene.Meet("bob");
        ConnectionId carol = _scene.Meet("carol");
        for (ulong nonce = 1; nonce <= 200; nonce++)
        {
            Transaction transaction = Chains.Transaction(nonce);
            _scene.Hear(bob, new PeerMessage.AnnounceTransactions([transaction.Id]));
            _scene.Hear(carol, new PeerMessage.AnnounceTransactions([transaction.Id]));
            _scene.Chain.Add(transaction);
            _scene.Wait(Chains.Options.Relay.RequestTimeout);
        }

        Assert.Equal(0, _scene.Machine.Held.AskedTransactions);
        Assert.Empty(_scene.Sent<PeerMessage.RequestTransactions>(carol));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    [Fact]
    public void Announced_BobDeliversNothingOfWhatCarolDelivers_BobIsBlamed()
    {
        ConnectionId bob = _scene.Meet("bob");
        ConnectionId carol = _scene.Meet("carol");
        for (ulong nonce = 1; nonce <= 64; nonce++)
        {
            Transaction transaction = Chains.Transaction(nonce);
            _scene.Hear(bob, new PeerMessage.AnnounceTransactions([transaction.Id]));
            _scene.Hear(carol, new PeerMessage.AnnounceTransactions([transaction.Id]));
            _scene.Wait(Chains.Options.Relay.RequestTimeout);
            _scene.Hear(carol, new PeerMessage.Transactions([transaction]));
        }

        GossipEvent.PeerMisbehaved blamed = Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>());
        Assert.Equal((bob, Misbehaviour.WithheldTransactions), (blamed.Connection.Id, blamed.Cause));
    }

    [Fact]
    public void Announced_LatelyRefused_IsNotAskedForAgain()
    {
        _scene.Chain.TakesTransactions = false;
        ConnectionId bob = _scene.Meet("bob");
        ConnectionId carol = _scene.Meet("carol");
        _scene.Hear(bob, new PeerMessage.AnnounceTransactions([First.Id]));
        _scene.Hear(bob, new PeerMessage.Transactions([First]));

        _scene.Hear(carol, new PeerMessage.AnnounceTransactions([First.Id]));

        Assert.Empty(_scene.Sent<PeerMessage.RequestTransactions>(carol));
    }

    [Fact]
    public void Delivered_LateAfterTimeout_IsTakenWithoutBlame()
    {
        ConnectionId bob = _scene.Meet("bob");
        _scene.Hear(bob, new PeerMessage.AnnounceTransactions([First.Id]));
        _scene.Wait(Chains.Options.Relay.RequestTimeout);

        _scene.Hear(bob, new PeerMessage.Transactions([First]));

        Assert.Single(_scene.Take<GossipEvent.TransactionsReceived>());
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    [Fact]
    public void Delivered_Unasked_IsDroppedAndCountsAgainstThePeer()
    {
        ConnectionId bob = _scene.Meet("bob");

        _scene.Hear(bob, new PeerMessage.Transactions([First]));

        Assert.Empty(_scene.Take<GossipEvent.TransactionsReceived>());
        Assert.Equal(Misbehaviour.UnsolicitedTransaction, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    [Fact]
    public void Delivered_Twice_IsHandedUpOnce()
    {
        ConnectionId bob = _scene.Meet("bob");
        _scene.Hear(bob, new PeerMessage.AnnounceTransactions([First.Id]));

        _scene.Hear(bob, new PeerMessage.Transactions([First, First]));

        Assert.Single(Assert.Single(_scene.Take<GossipEvent.TransactionsReceived>()).Transactions);
    }

    [Fact]
    public void Refused_Invalid_CountsAgainstTheOrigin()
    {
        ConnectionId bob = _scene.Meet("bob");

        _scene.Tell(new GossipInput.TransactionRefused(First.Id, bob, Misbehaviour.InvalidTransaction));
        _scene.Tell(new GossipInput.TransactionRefused(First.Id, bob, Misbehaviour.None));

        Assert.Equal(25, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Score);
    }

    [Fact]
    public void Requested_PooledAndUnknown_DeliversThePooledOnes()
    {
        ConnectionId bob = _scene.Meet("bob");
        _scene.Chain.Add(First);

        _scene.Hear(bob, new PeerMessage.RequestTransactions([Chains.UnknownTransaction(1), First.Id]));

        Assert.Equal([First], Assert.Single(_scene.Sent<PeerMessage.Transactions>(bob)).Items);
    }

    [Fact]
    public void Requested_LargeTransactions_EveryMessageFitsTheWire()
    {
        ConnectionId bob = _scene.Meet("bob");
        Transaction[] large = Large();

        _scene.Hear(bob, new PeerMessage.RequestTransactions([.. large.Select(t => t.Id)]));
        _scene.Wait(TimeSpan.FromSeconds(1));

        List<PeerMessage.Transactions> sent = _scene.Sent<PeerMessage.Transactions>(bob);
        Assert.Equal(large, sent.SelectMany(message => message.Items));
        Assert.All(sent, message => Assert.True(
            PeerMessageCodec.Encode(message).Length <= PeerMessageCodec.MaxBytes(MessageKind.Transactions)));
    }

    [Fact]
    public void Requested_TheSameAgain_IsNotSentTwice()
    {
        ConnectionId bob = _scene.Meet("bob");
        _scene.Chain.Add(First);
        _scene.Hear(bob, new PeerMessage.RequestTransactions([First.Id]));
        _scene.ForgetSent();

        _scene.Hear(bob, new PeerMessage.RequestTransactions([First.Id]));

        Assert.Empty(_scene.Sent<PeerMessage.Transactions>(bob));
        Assert.Equal(Misbehaviour.RepeatedRequest, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    [Fact]
    public void Congested_MoreIsRequestedThanMayWait_TheRestFollowsBatchByBatchWhenDrained()
    {
        ConnectionId bob = _scene.Meet("bob");
        Transaction[] large = Large();
        _scene.Hear(bob, new PeerMessage.RequestTransactions([.. large.Select(t => t.Id)]));
        _scene.Tell(new GossipInput.Congested(bob));
        Assert.Single(_scene.Sent<PeerMessage.Transactions>(bob));
        _scene.Wait(TimeSpan.FromSeconds(10));
        Assert.Empty(_scene.Sent<PeerMessage.Transactions>(bob));

        int sent = 6;
        while (sent < large.Length)
        {
            _scene.Tell(new GossipInput.Drained(bob));
            PeerMessage.Transactions batch = Assert.Single(_scene.Sent<PeerMessage.Transactions>(bob));
            _scene.Tell(new GossipInput.Congested(bob));
            Assert.InRange(batch.Items.Sum(item => item.Encoded.Length), 1, 320 * 1024);
            Assert.Equal(large[sent..(sent + batch.Items.Count)], batch.Items);
            sent += batch.Items.Count;
        }
    }

    [Fact]
    public void Congested_NewTransactions_AreAnnouncedWhenDrainedAndNeverMoreThanAMessage()
    {
        ConnectionId bob = _scene.Meet("bob");
        _scene.Tell(new GossipInput.Congested(bob));
        Transaction[] many = [.. Enumerable.Range(0, 1500).Select(i => Chains.Transaction((ulong)i))];
        foreach (Transaction transaction in many)
        {
            Admit(transaction);
        }

        _scene.Wait(TimeSpan.FromSeconds(1));
        Assert.Empty(_scene.Sent<PeerMessage.AnnounceTransactions>(bob));

        _scene.Tell(new GossipInput.Drained(bob));
        Assert.Equal(1024, Assert.Single(_scene.Sent<PeerMessage.AnnounceTransactions>(bob)).Ids.Count);
    }

    private Transaction[] Large()
    {
        Transaction[] large = [.. Enumerable.Range(0, 60).Select(i => Chains.Transaction((ulong)i, 48 * 1024))];
        Assert.All(large, transaction => _scene.Chain.Add(transaction));
        return large;
    }

    private void Admit(Transaction transaction)
    {
        _scene.Chain.Add(transaction);
        _scene.Tell(new GossipInput.TransactionsAdmitted([transaction.Id]));
    }
}
