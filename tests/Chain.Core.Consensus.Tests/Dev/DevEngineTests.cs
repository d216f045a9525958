using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.Tests;

public sealed class DevEngineTests
{
    private static readonly ConsensusInput Waiting = new ConsensusInput.TransactionsWaiting();
    private static readonly ConsensusInput SealNow = new ConsensusInput.Commanded(DevConsensus.SealCommand);

    private readonly EngineScript _script = new(new DevConsensus());

    [Fact]
    public void TransactionsWaiting_OnTransactions_AsksAndSealsAtOnce()
    {
        _script.Start().Feed(Waiting);
        var request = _script.Single<ConsensusOutput.RequestProposal>();
        Assert.Equal(_script.Tree.Genesis.Id, request.Parent);
        Assert.Equal(_script.WallClock, request.Time);

        _script.Build(request, EngineScript.SomeTransactions);
        var seal = _script.Single<ConsensusOutput.Seal>();
        Assert.Equal(request.Proposal, seal.Proposal);
        Assert.True(seal.Bytes.IsEmpty);
    }

    [Fact]
    public void ProposalBuilt_Empty_IsNotSealedUnlessCommanded()
    {
        _script.Start();
        _script.Build(_script.Single<ConsensusOutput.RequestProposal>()).Quiet();

        _script.Feed(SealNow);
        _script.Build(_script.Single<ConsensusOutput.RequestProposal>());
        Assert.Single(_script.All<ConsensusOutput.Seal>());
    }

    [Fact]
    public void ProposalBuilt_AnOlderOneOrForAnotherParent_IsIgnored()
    {
        _script.Start().Feed(SealNow);
        var old = _script.Single<ConsensusOutput.RequestProposal>();
        _script.Feed(SealNow);
        var young = _script.Single<ConsensusOutput.RequestProposal>();
        _script.Build(old).Quiet();

        BlockTreeNode node = Grow();
        _script.Build(young).Quiet();
        Assert.Same(node, _script.Tree.Head);
    }

    [Fact]
    public void HeadChanged_AfterOwnBlock_AsksForTheRest()
    {
        _script.Start().Feed(Waiting);
        var request = _script.Single<ConsensusOutput.RequestProposal>();
        _script.Build(request, EngineScript.SomeTransactions);

        // Until the block is the head, no second one is sealed on the same parent.
        _script.Feed(Waiting);
        _script.Build(_script.Single<ConsensusOutput.RequestProposal>(), EngineScript.SomeTransactions).Quiet();

        BlockTreeNode node = Grow();
        Assert.Equal(node.Id, _script.Single<ConsensusOutput.MarkSafe>().Block);
        var next = _script.Single<ConsensusOutput.RequestProposal>();
        Assert.Equal(node.Id, next.Parent);
        _script.Build(next, EngineScript.SomeTransactions);
        Assert.Single(_script.All<ConsensusOutput.Seal>());
    }

    [Fact]
    public void BlockJudged_OwnBlockInvalid_SealsAnotherOnTheSameParent()
    {
        _script.Start().Feed(Waiting);
        _script.Build(_script.Single<ConsensusOutput.RequestProposal>(), EngineScript.SomeTransactions);
        _script.JudgeInvalid(_script.Arrive(HeaderMaker.On(_script.Tree.Genesis)));
        _script.Feed(Waiting);
        _script.Build(_script.Single<ConsensusOutput.RequestProposal>(), EngineScript.SomeTransactions);
        Assert.Single(_script.All<ConsensusOutput.Seal>());
    }

    [Fact]
    public void Interval_Due_SealsEvenAnEmptyBlockAndWaitsAgain()
    {
        var script = new EngineScript(
            new DevConsensus(new DevOptions { SealsOnTransactions = false, Interval = TimeSpan.FromSeconds(2), Seal = new byte[] { 7 } }));
        script.Start();
        Assert.Empty(script.All<ConsensusOutput.RequestProposal>());
        Effect timer = Assert.Single(script.Last.Effects);
        Assert.Equal((EffectKind.SetTimer, new Instant(2_000_000)), (timer.Kind, timer.Due));

        script.Now = timer.Due;
        script.Feed(Waiting).Quiet();
        script.Feed(new ConsensusInput.TimerFired(timer.Timer));
        Assert.Contains(script.Last.Effects, effect => effect.Kind == EffectKind.SetTimer && effect.Due == new Instant(4_000_000));
        script.Build(script.Single<ConsensusOutput.RequestProposal>());
        Assert.Equal(new byte[] { 7 }, script.Single<ConsensusOutput.Seal>().Bytes.ToArray());
    }

    [Fact]
    [Trait("Fault", "49")]
    public void Fault49_ClockSetBack_ProposesAfterTheParent()
    {
        _script.WallClock = new UnixTime(5);
        _script.Start();
        Assert.Equal(HeaderMaker.Start.Milliseconds + 1, _script.Single<ConsensusOutput.RequestProposal>().Time.Milliseconds);
    }

    [Fact]
    public void Follower_AnyInput_NeverProposes()
    {
        var script = new EngineScript(new DevConsensus(new DevOptions { Interval = TimeSpan.FromSeconds(1) }), new EngineOptions());
        script.Start().Quiet();
        script.Feed(Waiting).Quiet();
        script.Feed(SealNow).Quiet();
        BlockTreeNode node = script.Arrive(HeaderMaker.On(script.Tree.Genesis));
        Assert.Equal(node.Id, script.Single<ConsensusOutput.RequestVerdict>().Block);
        script.JudgeValid(node);
        Assert.Equal(new ConsensusOutput.ProposeHead(node.Id, 1), script.Single<ConsensusOutput.ProposeHead>());
    }

    [Fact]
    public void Commanded_UnknownCommand_DoesNothing() => _script.Feed(new ConsensusInput.Commanded("dance")).Quiet();

    [Fact]
    public void MessageArrived_Any_ReportsThePeer()
    {
        _script.Feed(new ConsensusInput.MessageArrived(new ConnectionId(3), default, new byte[] { 1 }));
        Assert.Equal(new ConnectionId(3), _script.Single<ConsensusOutput.ReportPeer>().Connection);
    }

    [Fact]
    public void VerifyHeader_TimesAndSeals_AreExact()
    {
        IHeaderRules rules = _script.Engine.Rules;
        BlockTreeNode genesis = _script.Tree.Genesis;
        HeaderFields fields = HeaderMaker.FieldsOn(genesis);
        Assert.Equal(HeaderVerdict.TimeTooOld, Verify(fields with { Time = HeaderMaker.Start }));
        Assert.Equal(HeaderVerdict.Valid, Verify(fields with { Time = new UnixTime(HeaderMaker.Start.Milliseconds + 1) }));
        Assert.Equal(HeaderVerdict.TimeTooNew, Verify(fields with { Time = new UnixTime(ulong.MaxValue) }));
        Assert.Equal(HeaderVerdict.InvalidSeal, Verify(fields, 1));
        Assert.False(rules.VerifyCertificate(genesis.Header, default, ValidatorSet.Empty));
        Assert.Equal(UInt256.One, rules.Weight(genesis.Header));

        HeaderVerdict Verify(HeaderFields candidate, params byte[] seal) =>
            rules.VerifyHeader(BlockHeader.Create(in candidate, seal), genesis.AncestorsOfChild(), HeaderMaker.Start);
    }

    [Fact]
    public void Constructor_OptionOutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DevConsensus(new DevOptions { Interval = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new DevConsensus(new DevOptions { Seal = new byte[WireLimits.SealBytes + 1] }));
        Assert.Equal("dev", new DevConsensus().Name);
    }

    private BlockTreeNode Grow()
    {
        BlockTreeNode node = _script.Arrive(HeaderMaker.On(_script.Tree.Head));
        _script.JudgeValid(node);
        _script.MoveHead(node);
        return node;
    }
}
