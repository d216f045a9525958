using Chain.Core.Machines;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests.Ledger;

/// <summary>Where transactions stand, on the chain of the head and nowhere else, whatever happens to the head and the node.</summary>
public sealed class TransactionIndexTests : IDisposable
{
    private readonly PaidChain _chain = new();

    public void Dispose() => _chain.Dispose();

    [Fact]
    public void TryFind_OnTheChain_NamesBlockAndPlace()
    {
        using PaidHost host = Host();
        List<Block> blocks = _chain.Extend(_chain.Definition.Genesis, 9);
        host.Append(blocks);

        RequireIndex(host.Store, blocks);
        Assert.True(TransactionIndex.TryFind(host.Store, blocks[2].Transactions[1].Id, out IndexedTransaction found));
        Assert.Equal(new IndexedTransaction(blocks[2].Id, new BlockHeight(3), 1), found);
        Assert.False(TransactionIndex.TryFind(host.Store, _chain.Pay(0, 77).Id, out _));
    }

    [Fact]
    public void TryFind_BesideTheChain_FindsNothing()
    {
        using PaidHost host = Host();
        List<Block> blocks = _chain.Extend(_chain.Definition.Genesis, 5);
        host.Append(blocks);
        Block beside = _chain.Child(blocks[2], 9, 11);
        host.Offer(beside);
        host.Run();

        Assert.Contains(host.Events.OfType<ChainEvent.Stored>(), stored => stored.Block.Id == beside.Id);
        Assert.False(TransactionIndex.TryFind(host.Store, beside.Transactions[0].Id, out _));
    }

    [Fact]
    public void Reorganisation_ThereAndBack_MovesWhatIsInBothAndDropsTheRest()
    {
        using PaidHost host = Host();
        List<Block> trunk = _chain.Extend(_chain.Definition.Genesis, 3);
        host.Append(trunk);
        Block[] left = [_chain.Child(trunk[^1], 0, 7, 8)];
        left = [.. left, _chain.Child(left[0], 0, 9)];
        Block[] right = [_chain.Child(trunk[^1], 5, 8)]; // the same payment of 8 in another block, at another place
        right = [.. right, _chain.Child(right[0], 5, 10), _chain.Child(right[0], 6, 11)];
        TransactionId shared = left[0].Transactions[1].Id;
        Assert.Equal(shared, right[0].Transactions[0].Id);

        host.Append(left);
        RequireIndex(host.Store, [.. trunk, .. left], [.. right]);
        host.Follow(right[..2]);
        RequireIndex(host.Store, [.. trunk, .. right[..2]], [.. left, right[2]]);
        Assert.True(TransactionIndex.TryFind(host.Store, shared, out IndexedTransaction moved));
        Assert.Equal((right[0].Id, 0), (moved.Block, moved.Position));
        host.MoveHead(left[1]);
        RequireIndex(host.Store, [.. trunk, .. left], [.. right]);
        host.MoveHead(trunk[^1]); // to a lower one
        RequireIndex(host.Store, trunk, [.. left, .. right]);
        Assert.False(ChainRecords.TryReadOnChain(host.Store, new BlockHeight(4), out _));
    }

    [Fact]
    public void Crash_AfterAnyWrite_TheIndexAgreesWithTheHead()
    {
        using PaidHost host = Host();
        List<Block> trunk = _chain.Extend(_chain.Definition.Genesis, 6);
        host.Append(trunk);
        List<Block> branch = _chain.Extend(trunk[2], 6, variant: 4);
        host.Follow(branch);
        host.MoveHead(trunk[^1]);
        Block[] all = [.. trunk, .. branch];
        var heads = new HashSet<BlockId>();
        using var store = new MemoryStore();
        foreach (WriteBatch batch in host.Writes)
        {
            store.Write(batch, Durability.Buffered);
            Assert.True(ChainRecords.TryReadHead(store, out BlockId head));
            List<Block> chain = ChainOf(store, head);
            RequireIndex(store, chain, [.. all.Where(block => !chain.Exists(each => each.Id == block.Id))]);
            heads.Add(head);
        }

        Assert.InRange(heads.Count, 8, int.MaxValue);
    }

    [Fact]
    public void NotAskedFor_WritesNoEntry()
    {
        using PaidHost host = Host(indexes: false);
        host.Append(_chain.Extend(_chain.Definition.Genesis, 6));

        Assert.Empty(host.Store.Scan("t"u8.ToArray()));
        Assert.False(ChainRecords.TryReadIndexed(host.Store, out _));
    }

    [Fact]
    public void TurnedOnLater_IndexesWhatIsThere_AcrossKills()
    {
        using PaidHost host = Host(indexes: false);
        List<Block> blocks = _chain.Extend(_chain.Definition.Genesis, 6);
        blocks.Add(_chain.Child(blocks[^1], 0, [.. Enumerable.Range(0, 4200).Select(static i => i % 12)])); // a slice of its own
        blocks.AddRange(_chain.Extend(blocks[^1], 3));
        host.Append(blocks);
        host.Restart(static options => options with { IndexesTransactions = true });
        host.Run(maxJobs: 1);
        Assert.True(ChainRecords.TryReadIndexed(host.Store, out BlockHeight next));
        Assert.Equal(new BlockHeight(8), next);
        Assert.False(TransactionIndex.TryFind(host.Store, blocks[^1].Transactions[0].Id, out _));
        host.Restart();
        Block later = _chain.Child(blocks[^1], 0, 3);
        host.Append([later]);

        RequireIndex(host.Store, [.. blocks, later]);
        Assert.True(ChainRecords.TryReadIndexed(host.Store, out next));
        Assert.Equal(ulong.MaxValue, next.Value);
    }

    [Fact]
    public void TurnedOffAndOnAgain_HasWhatWasStoredBetween()
    {
        using PaidHost host = Host();
        List<Block> blocks = _chain.Extend(_chain.Definition.Genesis, 3);
        host.Append(blocks);
        host.Restart(static options => options with { IndexesTransactions = false });
        blocks.AddRange(_chain.Extend(blocks[^1], 3));
        host.Append(blocks[3..]);
        Assert.False(ChainRecords.TryReadIndexed(host.Store, out _));
        host.Restart(static options => options with { IndexesTransactions = true });
        host.Run();

        RequireIndex(host.Store, blocks);
    }

    [Fact]
    public void StoreWithoutHeights_GetsThemAtTheNextStart()
    {
        using PaidHost host = Host();
        List<Block> blocks = _chain.Extend(_chain.Definition.Genesis, 6);
        host.Append(blocks);
        var batch = new WriteBatch();
        foreach ((ReadOnlyMemory<byte> key, _) in host.Store.Scan("n"u8.ToArray()))
        {
            batch.Delete(key);
        }

        host.Store.Write(batch, Durability.Buffered);
        host.Restart();

        RequireIndex(host.Store, blocks);
        Assert.Equal(7, host.Store.Scan("n"u8.ToArray()).Count());
    }

    [Fact]
    public void AbandonedBranch_BelowTheWindow_LosesItsEntries()
    {
        using PaidHost host = Host(window: 20);
        List<Block> trunk = _chain.Extend(_chain.Definition.Genesis, 10);
        host.Append(trunk);
        List<Block> beside = _chain.Extend(trunk[3], 5, variant: 4);
        beside.ForEach(host.Offer);
        host.Run();
        int before = EntriesOf(host, beside);
        List<Block> rest = _chain.Extend(trunk[^1], 60);
        host.Append(rest);

        Assert.Equal(beside.Sum(static block => block.Transactions.Count), before);
        Assert.Equal(0, EntriesOf(host, beside));
        RequireIndex(host.Store, [.. trunk, .. rest]);
    }

    private static int EntriesOf(PaidHost host, List<Block> blocks) => host.Store.Scan("t"u8.ToArray())
        .Count(entry => blocks.Exists(block => entry.Key.Span.EndsWith(block.Id.Value.ToArray())));

    private static List<Block> ChainOf(IKeyValueReader store, BlockId head)
    {
        var chain = new List<Block>();
        while (ChainRecords.TryReadBlock(store, head, out Block? block))
        {
            chain.Insert(0, block);
            head = block.Header.Parent;
        }

        return chain;
    }

    /// <summary>Every transaction of the chain is found at its place, and none that is only beside it.</summary>
    private static void RequireIndex(IKeyValueReader store, IReadOnlyList<Block> chain, IReadOnlyList<Block>? beside = null)
    {
        var on = new HashSet<TransactionId>();
        foreach (Block block in chain)
        {
            for (int i = 0; i < block.Transactions.Count; i++)
            {
                TransactionId id = block.Transactions[i].Id;
                on.Add(id);
                Assert.True(TransactionIndex.TryFind(store, id, out IndexedTransaction found));
                Assert.Equal(new IndexedTransaction(block.Id, block.Height, i), found);
            }
        }

        foreach (Transaction other in (beside ?? []).SelectMany(static block => block.Transactions))
        {
            Assert.Equal(on.Contains(other.Id), TransactionIndex.TryFind(store, other.Id, out _));
        }
    }

    private PaidHost Host(bool indexes = true, int window = 0) =>
        new(_chain, options => options with { IndexesTransactions = indexes, StateWindow = window });
}
