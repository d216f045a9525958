using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests.Ledger;

/// <summary>Old states go, those that a reorganisation within the window needs stay.</summary>
public sealed class StatePruningTests : IDisposable
{
    private const int Window = 20;

    private readonly PaidChain _chain = new();

    public void Dispose() => _chain.Dispose();

    [Fact]
    public void LongChain_WithAWindow_KeepsABoundedNumberOfStates()
    {
        List<Block> blocks = _chain.Extend(_chain.Definition.Genesis, 240);
        using PaidHost pruned = Host(Window);
        using PaidHost archive = Host(0);
        (int early, int late) = Grow(pruned, blocks);
        (int earlyOfAll, int lateOfAll) = Grow(archive, blocks);

        Assert.InRange(late, 1, 3 * early / 2); // slices come every sixteen blocks
        Assert.InRange(lateOfAll, 2 * earlyOfAll - 40, int.MaxValue); // or the line above proves nothing
        Assert.All(blocks.TakeLast(Window + 1), block => _chain.RequireState(pruned.Store, block));
        Assert.All(blocks, block => _chain.RequireState(archive.Store, block));
        KeptStates kept = ChainRecords.ReadKeptStates(pruned.Store);
        Assert.InRange(kept.Reach.Value, 240UL - Window - 16, 240UL - Window);
        Assert.False(ChainState.TryOpen(pruned.Store, blocks[60].Header.Fields.StateRoot, out _));
    }

    [Fact]
    public void Reorganisation_AsDeepAsTheWindow_IsFollowed()
    {
        using PaidHost host = Host(Window);
        List<Block> blocks = _chain.Extend(_chain.Definition.Genesis, 100);
        host.Append(blocks);
        List<Block> branch = _chain.Extend(blocks[100 - Window - 1], Window + 4, variant: 7);
        host.Follow(branch);

        Assert.Equal(branch[^1].Id, host.Tree.Head.Id);
        Assert.All(branch, block => _chain.RequireState(host.Store, block));
        host.Append(_chain.Extend(branch[^1], 80, variant: 3));
        Assert.Empty(host.Events.OfType<ChainEvent.OutOfReach>());
    }

    [Fact]
    public void Branch_ThatLeavesBelowTheStatesThatAreLeft_IsNotJudgedAndTold()
    {
        using PaidHost host = Host(Window);
        List<Block> blocks = _chain.Extend(_chain.Definition.Genesis, 100);
        host.Append(blocks);
        ulong reach = ChainRecords.ReadKeptStates(host.Store).Reach.Value;
        Assert.InRange(reach, 1UL, 80UL);
        Block fork = blocks[(int)reach - 2]; // one below the lowest that can be built on
        List<Block> branch = _chain.Extend(fork, 120, variant: 7);
        host.Follow(branch);

        Assert.Equal(blocks[^1].Id, host.Tree.Head.Id);
        ChainEvent.OutOfReach told = host.Events.OfType<ChainEvent.OutOfReach>().Last();
        Assert.Equal((branch[0].Id, branch[^1].Id), (told.Block.Id, told.Tip.Id));
        Assert.DoesNotContain(host.Events.OfType<ChainEvent.Stored>(), stored => stored.Block.Id == branch[0].Id);

        List<Block> near = _chain.Extend(blocks[(int)reach - 1], 120, variant: 9); // the lowest itself
        host.Follow(near);
        Assert.Equal(near[^1].Id, host.Tree.Head.Id);
    }

    [Fact]
    public void FinalBlockFarBelow_KeepsEverythingSince()
    {
        using PaidHost host = Host(Window);
        List<Block> blocks = _chain.Extend(_chain.Definition.Genesis, 160);
        host.Append(blocks[..10]);
        host.Finalize(blocks[9]);
        host.Append(blocks[10..]);

        Assert.All(blocks[9..], block => _chain.RequireState(host.Store, block));
        host.Finalize(blocks[119]);
        host.Append(_chain.Extend(blocks[^1], 40));
        Assert.False(ChainState.TryOpen(host.Store, blocks[20].Header.Fields.StateRoot, out _));
        Assert.All(blocks[119..], block => _chain.RequireState(host.Store, block));
    }

    [Fact]
    public void Slice_OnItsWay_LetsNoBlockBeExecutedBesideIt()
    {
        using PaidHost host = Host(Window);
        List<Block> blocks = _chain.Extend(_chain.Definition.Genesis, 60);
        int slices = 0;
        foreach (Block block in blocks)
        {
            host.Offer(block);
            for (int i = 0; i < 20; i++)
            {
                host.Advance();
                RequireTurns(host, ref slices);
                host.Run(maxJobs: 1);
            }

            host.MoveHead(block);
        }

        Assert.InRange(slices, 2, int.MaxValue);
        Assert.Equal(60UL, host.Tree.Head.Height.Value);
    }

    [Fact]
    public void Kills_AtRandomMoments_LoseNoStateOfTheWindow()
    {
        var random = new DeterministicRandom(12);
        using PaidHost host = Host(Window);
        Block head = _chain.Definition.Genesis;
        List<Block> path = [head];
        for (int round = 0; round < 20; round++)
        {
            int back = int.Min(random.NextIndex(4) == 0 ? random.NextIndex(Window - 4) : 0, path.Count - 1);
            path.RemoveRange(path.Count - back, back);
            List<Block> branch = _chain.Extend(path[^1], back + 1 + random.NextIndex(12), variant: (ulong)random.NextIndex(1000));
            foreach (Block block in branch)
            {
                host.Offer(block);
            }

            host.Run(random.NextIndex(3) == 0 ? random.NextIndex(branch.Count) : int.MaxValue);
            host.Restart();
            host.Follow(branch); // what was stored before the kill is not executed again
            path.AddRange(branch);
            Assert.Equal(branch[^1].Id, host.Tree.Head.Id);
            Assert.All(path.TakeLast(Window + 1), block => _chain.RequireState(host.Store, block));
        }

        Assert.InRange(ChainRecords.ReadKeptStates(host.Store).Oldest.Value, 40UL, ulong.MaxValue);
        Assert.InRange(States(host), 1, 2000);
    }

    [Fact]
    public void WindowOfZero_WritesNoRecordOfIt()
    {
        using PaidHost host = Host(0);
        host.Append(_chain.Extend(_chain.Definition.Genesis, 60));

        Assert.Equal(default, ChainRecords.ReadKeptStates(host.Store));
    }

    private static void RequireTurns(PaidHost host, ref int slices)
    {
        bool prunes = host.PendingJobs.Any(static job => job is PruneStoredStatesJob);
        Assert.False(prunes && host.PendingJobs.Any(static job => job is ExecuteBlockJob));
        slices += prunes ? 1 : 0;
    }

    private static (int Early, int Late) Grow(PaidHost host, List<Block> blocks)
    {
        host.Append(blocks[..(blocks.Count / 2)]);
        int early = States(host);
        host.Append(blocks[(blocks.Count / 2)..]);
        return (early, States(host));
    }

    private static int States(PaidHost host) => host.Store.Scan("s"u8.ToArray()).Count();

    private PaidHost Host(int window) => new(_chain, options => options with { StateWindow = window });
}
