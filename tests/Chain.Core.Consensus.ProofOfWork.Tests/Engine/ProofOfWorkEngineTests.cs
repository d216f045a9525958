using Chain.Core.Consensus.Tests;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfWork.Tests;

public sealed class ProofOfWorkEngineTests
{
    private static readonly ProofOfWorkOptions Options = new()
    {
        TargetLimit = new CompactTarget(0x207fffff),
        SliceNonces = 4,
        SafeDepth = 2,
        RebuildInterval = TimeSpan.FromSeconds(5),
    };

    private readonly EngineScript _script = new(
        new ProofOfWorkConsensus(Options), new EngineOptions { ProducesBlocks = true, SearchStart = 100, SearchLanes = 2 });

    [Fact]
    public void Started_Miner_AsksForAProposalOnTheHead()
    {
        _script.Start();
        var request = _script.Single<ConsensusOutput.RequestProposal>();
        Assert.Equal((_script.Tree.Genesis.Id, _script.WallClock), (request.Parent, request.Time));
        Effect timer = Assert.Single(_script.Last.Effects, effect => effect.Kind == EffectKind.SetTimer);
        Assert.Equal(Instant.Zero + Options.RebuildInterval, timer.Due);
    }

    [Fact]
    public void Started_Follower_IsQuiet() => new EngineScript(new ProofOfWorkConsensus(Options), new EngineOptions()).Start().Quiet();

    [Fact]
    [Trait("Fault", "49")]
    public void Fault49_ClockSetBack_ProposesAfterTheMedianAndKeepsItsTimers()
    {
        _script.Start();
        _script.WallClock = new UnixTime(5);
        _script.Now += Options.RebuildInterval;
        _script.Feed(new ConsensusInput.TimerFired(new TimerKey(1)));
        Assert.Equal(HeaderMaker.Start.Milliseconds + 1, _script.Single<ConsensusOutput.RequestProposal>().Time.Milliseconds);
        Assert.Contains(
            _script.Last.Effects,
            effect => effect.Kind == EffectKind.SetTimer && effect.Due == _script.Now + Options.RebuildInterval);
    }

    [Fact]
    [Trait("Fault", "49")]
    public void Fault49_ClockFarAheadAndBack_ChainGoesOn()
    {
        // A block of a miner whose clock is an hour ahead is taken; the next ones stay beside it instead of running away.
        BlockTreeNode ahead = Grow(_script.Tree.Genesis, _script.WallClock.Plus(TimeSpan.FromHours(1)));
        var request = _script.Single<ConsensusOutput.RequestProposal>();
        Assert.Equal(ahead.Id, request.Parent);
        Assert.Equal(ahead.Header.Time.Milliseconds + 1, request.Time.Milliseconds);

        BlockTreeNode node = ahead;
        for (int i = 0; i < 3; i++)
        {
            node = Grow(node, request.Time);
            request = _script.Single<ConsensusOutput.RequestProposal>();
            Assert.InRange(request.Time.Milliseconds - ahead.Header.Time.Milliseconds, 1UL, 5UL);
        }
    }

    [Fact]
    public void ProposalBuilt_TwoLanes_SearchSlicesUntilOneFinds()
    {
        _script.Start();
        _script.Build(_script.Single<ConsensusOutput.RequestProposal>());
        IReadOnlyList<ConsensusOutput.SearchSeal> searches = _script.All<ConsensusOutput.SearchSeal>();
        Assert.Equal([0, 1], searches.Select(search => search.Lane));
        Assert.Equal(100UL, First(searches[0]));
        Assert.Equal(100 + (ulong.MaxValue / 2), First(searches[1]));

        ulong proposal = searches[0].Proposal;
        _script.Feed(new ConsensusInput.SealSearched(proposal, 1, new NonceSearched(null, 4)));
        ConsensusOutput.SearchSeal next = _script.Single<ConsensusOutput.SearchSeal>();
        Assert.Equal((1, First(searches[1]) + 4), (next.Lane, First(next)));

        _script.Feed(new ConsensusInput.SealSearched(proposal, 0, new NonceSearched(102, 3)));
        var seal = _script.Single<ConsensusOutput.Seal>();
        Assert.Equal(new ProofOfWorkSeal(Options.TargetLimit, 102).Encode(), seal.Bytes.ToArray());
        Assert.Equal(new ConsensusActivity("sealed", new BlockHeight(1), 7), _script.Single<ConsensusOutput.Observe>().Activity);

        // The other lane comes too late.
        _script.Feed(new ConsensusInput.SealSearched(proposal, 1, new NonceSearched(7, 1))).Quiet();
    }

    [Fact]
    public void SealSearched_RunForReal_GivesAHeaderThatTheRulesAccept()
    {
        _script.Start();
        var request = _script.Single<ConsensusOutput.RequestProposal>();
        _script.Build(request);
        ConsensusOutput.SearchSeal search = _script.All<ConsensusOutput.SearchSeal>()[0];
        while (_script.All<ConsensusOutput.Seal>().Count == 0)
        {
            _script.Feed(new ConsensusInput.SealSearched(search.Proposal, 0, search.Search.Run(null!)));
            IReadOnlyList<ConsensusOutput.SearchSeal> next = _script.All<ConsensusOutput.SearchSeal>();
            search = next.Count == 0 ? search : next[0];
        }

        HeaderFields fields = HeaderMaker.FieldsOn(_script.Tree.Genesis) with { Time = request.Time };
        _script.Arrive(BlockHeader.Create(in fields, _script.Single<ConsensusOutput.Seal>().Bytes.Span));
    }

    [Fact]
    public void HeadChanged_WhileSearching_LeavesTheOldSearch()
    {
        _script.Start();
        _script.Build(_script.Single<ConsensusOutput.RequestProposal>());
        ulong old = _script.All<ConsensusOutput.SearchSeal>()[0].Proposal;

        BlockTreeNode node = Grow(_script.Tree.Genesis);
        var request = _script.Single<ConsensusOutput.RequestProposal>();
        Assert.Equal(node.Id, request.Parent);
        _script.Feed(new ConsensusInput.SealSearched(old, 0, new NonceSearched(1, 1))).Quiet();

        _script.Build(request);
        Assert.Equal(2, _script.All<ConsensusOutput.SearchSeal>().Count);
    }

    [Fact]
    public void TimerFired_WhileSearching_SearchGoesOnUntilTheNewProposalIsThere()
    {
        _script.Start();
        _script.Build(_script.Single<ConsensusOutput.RequestProposal>());
        ulong old = _script.All<ConsensusOutput.SearchSeal>()[0].Proposal;
        _script.Now += Options.RebuildInterval;
        _script.WallClock = _script.WallClock.Plus(Options.RebuildInterval);
        _script.Feed(new ConsensusInput.TimerFired(new TimerKey(1)));
        var request = _script.Single<ConsensusOutput.RequestProposal>();
        Assert.Equal(_script.WallClock, request.Time);

        _script.Feed(new ConsensusInput.SealSearched(old, 0, new NonceSearched(null, 4)));
        Assert.Equal(old, _script.Single<ConsensusOutput.SearchSeal>().Proposal);
        _script.Build(request);
        _script.Feed(new ConsensusInput.SealSearched(old, 0, new NonceSearched(null, 4))).Quiet();
    }

    [Fact]
    public void TransactionsWaiting_SearchOfAnEmptyBlock_IsRebuiltAtOnceAndAFullOneIsNot()
    {
        var waiting = new ConsensusInput.TransactionsWaiting();
        _script.Start();
        _script.Build(_script.Single<ConsensusOutput.RequestProposal>());
        _script.Feed(waiting);
        var request = _script.Single<ConsensusOutput.RequestProposal>();

        _script.Build(request, EngineScript.SomeTransactions);
        _script.Feed(waiting).Quiet();
    }

    [Fact]
    public void TransactionsWaiting_WhileTheEmptyProposalIsBuilt_IsNotForgotten()
    {
        var waiting = new ConsensusInput.TransactionsWaiting();
        _script.Start();
        var request = _script.Single<ConsensusOutput.RequestProposal>();
        _script.Feed(waiting);
        var again = _script.Single<ConsensusOutput.RequestProposal>();
        _script.Build(request).Quiet();
        _script.Build(again, EngineScript.SomeTransactions);
        Assert.Equal(2, _script.All<ConsensusOutput.SearchSeal>().Count);
    }

    [Fact]
    public void SealSearched_WithAPause_RestsBetweenSlices()
    {
        TimeSpan pause = TimeSpan.FromMilliseconds(40);
        var script = new EngineScript(
            new ProofOfWorkConsensus(Options), new EngineOptions { ProducesBlocks = true, SearchPause = pause });
        script.Start();
        script.Build(script.Single<ConsensusOutput.RequestProposal>());
        ulong proposal = script.Single<ConsensusOutput.SearchSeal>().Proposal;

        script.Feed(new ConsensusInput.SealSearched(proposal, 0, new NonceSearched(null, 4)));
        Effect timer = Assert.Single(script.Last.Effects);
        Assert.Equal((EffectKind.SetTimer, Instant.Zero + pause), (timer.Kind, timer.Due));
        script.Feed(new ConsensusInput.TimerFired(timer.Timer));
        Assert.Equal(4UL, First(script.Single<ConsensusOutput.SearchSeal>()));

        script.Feed(new ConsensusInput.SealSearched(proposal, 0, new NonceSearched(9, 1)));
        script.Feed(new ConsensusInput.TimerFired(timer.Timer)).Quiet();
    }

    [Fact]
    public void HeadChanged_DeepEnough_MarksTheSafeBlock()
    {
        BlockTreeNode one = Grow(_script.Tree.Genesis);
        Assert.Empty(_script.All<ConsensusOutput.MarkSafe>());
        BlockTreeNode two = Grow(one);
        Assert.Equal(_script.Tree.Genesis.Id, _script.Single<ConsensusOutput.MarkSafe>().Block);
        Grow(two);
        Assert.Equal(one.Id, _script.Single<ConsensusOutput.MarkSafe>().Block);
    }

    [Fact]
    public void MessageArrived_Any_ReportsThePeer()
    {
        _script.Feed(new ConsensusInput.MessageArrived(new ConnectionId(9), default, new byte[] { 1, 2 }));
        Assert.Equal(new ConnectionId(9), _script.Single<ConsensusOutput.ReportPeer>().Connection);
    }

    [Fact]
    public void CreateEngine_NoLanes_Throws() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new EngineScript(new ProofOfWorkConsensus(Options), new EngineOptions { SearchLanes = 0 }));

    private static ulong First(ConsensusOutput.SearchSeal search) => Assert.IsType<NonceSearchJob>(search.Search).First;

    private BlockTreeNode Grow(BlockTreeNode parent) => Grow(parent, parent.Header.Time.Plus(TimeSpan.FromSeconds(10)));

    private BlockTreeNode Grow(BlockTreeNode parent, UnixTime time)
    {
        BlockHeader header = ProofOfWorkRulesTests.Mine(_script, parent, time, salt: 5);
        BlockTreeNode node = _script.Arrive(header);
        _script.JudgeValid(node);
        _script.MoveHead(node);
        return node;
    }
}
