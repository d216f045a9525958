using Chain.Core.Consensus;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests.Chain;

public class VerdictQueueTests
{
    private readonly DevFixture _fixture = new();
    private readonly VerdictQueue _queue = new();

    [Fact]
    public void Add_ChildOfATip_TakesItsPlace()
    {
        BlockTreeNode parent = _fixture.Add(_fixture.Tree.Genesis);
        BlockTreeNode child = _fixture.Add(parent);
        _queue.Add(parent);
        _queue.Add(child);

        Assert.Equal([child], _queue.Tips);
        Assert.True(_queue.Settle(parent));
        Assert.True(_queue.Settle(child));
        Assert.Empty(_queue.Tips);
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void Add_Branches_HeaviestComesFirst()
    {
        BlockTreeNode two = _fixture.AddChain(_fixture.Tree.Genesis, 2, variant: 1);
        BlockTreeNode three = _fixture.AddChain(_fixture.Tree.Genesis, 3, variant: 2);
        BlockTreeNode one = _fixture.AddChain(_fixture.Tree.Genesis, 1, variant: 3);
        _queue.Add(two);
        _queue.Add(three);
        _queue.Add(one);

        Assert.Equal([three, two, one], _queue.Tips);
    }

    [Fact]
    public void Settle_NotWanted_False()
    {
        BlockTreeNode parent = _fixture.Add(_fixture.Tree.Genesis);
        BlockTreeNode child = _fixture.Add(parent);
        _queue.Add(child);

        Assert.False(_queue.Settle(parent));
        Assert.Equal([child], _queue.Tips);
    }

    [Fact]
    public void Add_BeyondTheBound_ForgetsTheLightestBranchWhole_AndTakesItAgain()
    {
        BlockTreeNode low = _fixture.Add(_fixture.Tree.Genesis, variant: 500);
        BlockTreeNode lower = _fixture.Add(low);
        _queue.Add(low);
        _queue.Add(lower);
        for (ulong i = 0; i < VerdictQueue.MaxTips; i++)
        {
            _queue.Add(_fixture.AddChain(_fixture.Tree.Genesis, 3, variant: i));
        }

        Assert.Equal(VerdictQueue.MaxTips, _queue.Tips.Count);
        Assert.Equal(VerdictQueue.MaxTips, _queue.Count);
        Assert.DoesNotContain(lower, _queue.Tips);

        BlockTreeNode grown = _fixture.AddChain(lower, 5);
        _queue.Add(low);
        _queue.Add(grown);
        Assert.Equal(grown, _queue.Tips[0]);
    }

    [Fact]
    public void Prune_TipThatTheTreeForgot_LeavesTheRestOfItsBranchWanted()
    {
        var tree = new BlockTree(_fixture.Definition.Genesis.Header, new BlockTreeLimits { HeadersOfGoneSources = 1 });
        var source = new ConnectionId(1);
        BlockTreeNode kept = Offer(tree, tree.Genesis, source);
        BlockTreeNode between = Offer(tree, kept, source);
        BlockTreeNode tip = Offer(tree, between, source);
        _queue.Add(kept);
        _queue.Add(between);
        _queue.Add(tip);
        tree.ForgetSource(source);
        Assert.False(tree.TryGet(between.Id, out _));
        _queue.Prune(tree);

        Assert.Equal([kept], _queue.Tips);
        Assert.Equal(1, _queue.Count);
        Assert.True(_queue.Settle(kept));
    }

    private BlockTreeNode Offer(BlockTree tree, BlockTreeNode parent, ConnectionId source) =>
        tree.TryAdd(DevFixture.Child(parent).Header, _fixture.Rules, new UnixTime(ulong.MaxValue / 2), source).Node!;
}
