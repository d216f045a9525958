namespace Chain.Core.Consensus.Tests;

/// <summary>The rule as an engine shows it; the follower of the Dev engine does nothing else.</summary>
public sealed class HeaviestChainTests
{
    private readonly EngineScript _script = new(new DevConsensus(), new EngineOptions());

    [Fact]
    public void HeaderArrived_NotHeavierThanTheHead_IsNotJudged()
    {
        BlockTreeNode first = Follow(_script.Tree.Genesis);
        _script.Arrive(HeaderMaker.On(_script.Tree.Genesis, 1));
        _script.Quiet();
        Assert.Same(first, _script.Tree.Head);
    }

    [Fact]
    public void BlockJudged_EquallyHeavyAfterAProposedHead_FirstSeenWins()
    {
        BlockTreeNode first = _script.Arrive(HeaderMaker.On(_script.Tree.Genesis, 1));
        BlockTreeNode second = _script.Arrive(HeaderMaker.On(_script.Tree.Genesis, 2));
        _script.JudgeValid(first);
        Assert.Equal(first.Id, _script.Single<ConsensusOutput.ProposeHead>().Block);

        // The head has not moved yet, and still the second must not overtake.
        _script.JudgeValid(second);
        _script.Quiet();
    }

    [Fact]
    public void BlockJudged_HeaviestInvalid_FallsBackToTheNextHeaviest()
    {
        BlockTreeNode a1 = _script.Arrive(HeaderMaker.On(_script.Tree.Genesis, 1));
        BlockTreeNode a2 = _script.Arrive(HeaderMaker.On(a1, 1));
        BlockTreeNode a3 = _script.Arrive(HeaderMaker.On(a2, 1));
        BlockTreeNode b1 = _script.Arrive(HeaderMaker.On(_script.Tree.Genesis, 2));
        BlockTreeNode b2 = _script.Arrive(HeaderMaker.On(b1, 2));

        _script.JudgeInvalid(a2);
        Assert.Equal(b2.Id, _script.Single<ConsensusOutput.RequestVerdict>().Block);
        Assert.Equal(BlockStatus.Invalid, a3.Status);
        _script.JudgeValid(b2);
        Assert.Equal(b2.Id, _script.Single<ConsensusOutput.ProposeHead>().Block);
    }

    [Fact]
    public void BlockJudged_PendingOrForgotten_DoesNothing()
    {
        BlockTreeNode node = _script.Arrive(HeaderMaker.On(_script.Tree.Genesis, 1));
        _script.Feed(new ConsensusInput.BlockJudged(node.Id, new BlockVerdict.Pending(node.Id))).Quiet();
        _script.Feed(new ConsensusInput.BlockJudged(default, new BlockVerdict.Valid())).Quiet();
        _script.Feed(new ConsensusInput.HeaderArrived(HeaderMaker.On(node, 1))).Quiet();
    }

    [Fact]
    public void Started_HeavierHeadersRecovered_AreJudged()
    {
        BlockTreeNode node = _script.Tree.TryAdd(
            HeaderMaker.On(_script.Tree.Genesis), _script.Engine.Rules, _script.WallClock).Node!;
        _script.Start();
        Assert.Equal(node.Id, _script.Single<ConsensusOutput.RequestVerdict>().Block);
    }

    private BlockTreeNode Follow(BlockTreeNode parent)
    {
        BlockTreeNode node = _script.Arrive(HeaderMaker.On(parent));
        _script.JudgeValid(node);
        _script.MoveHead(node);
        return node;
    }
}
