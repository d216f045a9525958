using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Relay;

public sealed class PeerMarksTests
{
    [Fact]
    public void Add_SlotsOfSeveralWords_EachOnceAndNoOther()
    {
        var marks = default(PeerMarks);
        int[] slots = [0, 63, 64, 130, 191];

        Assert.All(slots, slot => Assert.True(marks.Add(slot)));
        Assert.All(slots, slot => Assert.False(marks.Add(slot)));
        Assert.Equal(slots, Enumerable.Range(0, 400).Where(slot => marks.Contains(slot)));
    }

    [Fact]
    public void Remove_AnotherSet_LeavesTheRest()
    {
        var marks = default(PeerMarks);
        var gone = default(PeerMarks);
        Assert.All(new[] { 1, 70, 140 }, slot => Assert.True(marks.Add(slot)));
        Assert.All(new[] { 1, 70, 500 }, slot => Assert.True(gone.Add(slot)));

        marks.Remove(in gone);

        Assert.Equal([140], Enumerable.Range(0, 600).Where(slot => marks.Contains(slot)));
    }

    [Fact]
    public void Slots_GivenBack_AreTakenAgainAfterTheirMarksAreCleared()
    {
        var slots = new PeerSlots();
        for (int i = 0; i < 64; i++)
        {
            Assert.True(slots.TryTake(out int slot));
            Assert.Equal(i, slot);
        }

        slots.GiveBack(7);
        Assert.False(slots.TryTake(out _));
        PeerMarks dirty = slots.Recycle();

        Assert.Equal([7], Enumerable.Range(0, 128).Where(slot => dirty.Contains(slot)));
        Assert.Equal(7, slots.Take());
        Assert.True(slots.TryTake(out int next));
        Assert.Equal(64, next);
    }

    [Fact]
    public void Admitted_ToManyPeersThatComeAndGo_EachHearsOfItOnce()
    {
        // The hundredth peer has the number of one that had announced the transaction, and must hear of it all the same.
        Scene scene = new Scene().Start();
        Transaction transaction = Chains.Transaction(1);
        scene.Chain.Add(transaction);
        scene.Tell(new GossipInput.TransactionsAdmitted([transaction.Id]));
        for (int i = 0; i < 200; i++)
        {
            ConnectionId peer = scene.Meet($"peer-{i}");
            scene.Wait(Chains.Options.Relay.AnnounceInterval);
            Assert.Single(scene.Sent<PeerMessage.AnnounceTransactions>(peer));
            scene.Hear(peer, new PeerMessage.AnnounceTransactions([transaction.Id]));
            scene.Tell(new GossipInput.Disconnected(peer, "done"));
            scene.ForgetSent();
        }
    }
}
