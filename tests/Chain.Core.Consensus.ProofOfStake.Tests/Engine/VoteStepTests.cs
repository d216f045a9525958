using Chain.Core.Consensus.Tests;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>What a vote costs that makes no quorum, which most do not: nothing that has to be collected later.</summary>
public sealed class VoteStepTests
{
    private const int Validators = 100;
    private const int WarmViews = 40;

    private readonly EffectList _effects = new();
    private readonly DeterministicRandom _random = new(1);
    private readonly SimplexEngine _engine;

    public VoteStepTests()
    {
        var options = new ProofOfStakeOptions { Validators = TestKeys.Equal(Validators), RelaysVotes = false };
        var plugin = new ProofOfStakeConsensus(options, ToyCrypto.Instance, static _ => 1);
        BlockHeader genesis = HeaderMaker.Genesis(plugin.GenesisSeal.Span);
        var node = new EngineOptions { Signer = TestKeys.Of(Validators)[0].Key };
        _engine = (SimplexEngine)plugin.CreateEngine(genesis, new BlockTree(genesis), node);
        Step(new ConsensusInput.Started(genesis, []));
    }

    [Fact]
    public void Handle_VoteWithoutQuorum_AllocatesNothing()
    {
        for (int view = 1; view <= WarmViews; view++)
        {
            foreach (ConsensusInput vote in VoteInputs.Of(view, Validators))
            {
                Step(vote);
            }
        }

        Assert.Equal(View.Of(0, WarmViews + 1), _engine.View);
        ConsensusInput[] few = [.. VoteInputs.Of(WarmViews + 1, Validators).Take(Validators / 2)];
        Step(few[0]); // the first for a statement makes room for those that follow

        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (ConsensusInput vote in few.AsSpan(1))
        {
            Step(vote);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(View.Of(0, WarmViews + 1), _engine.View);
    }

    private void Step(ConsensusInput input)
    {
        _effects.Clear();
        _engine.Handle(in input, new StepContext(Instant.Zero, HeaderMaker.Start, _random), _effects);
        for (int i = 0; i < _effects.Effects.Count; i++)
        {
            if (_effects.Effects[i] is { Kind: EffectKind.Emit, Event: ConsensusOutput.Compute compute })
            {
                var verdicts = new bool[Validators];
                Array.Fill(verdicts, true);
                Step(new ConsensusInput.Computed(compute.Work, new VotesVerified(verdicts)));
                return;
            }
        }
    }
}
