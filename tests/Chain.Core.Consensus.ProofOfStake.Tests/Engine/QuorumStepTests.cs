using Chain.Core.Consensus.Tests;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>What an engine tells with the votes that make a quorum, and in which order.</summary>
public sealed class QuorumStepTests
{
    private const int Validators = 4;

    private readonly List<ConsensusOutput> _told = [];
    private readonly DeterministicRandom _random = new(1);
    private readonly SimplexEngine _engine;

    public QuorumStepTests()
    {
        var options = new ProofOfStakeOptions { Validators = TestKeys.Equal(Validators) };
        var plugin = new ProofOfStakeConsensus(options, ToyCrypto.Instance, static _ => 1);
        BlockHeader genesis = HeaderMaker.Genesis(plugin.GenesisSeal.Span);
        _engine = (SimplexEngine)plugin.CreateEngine(genesis, new BlockTree(genesis), new EngineOptions { Signer = TestKeys.Of(Validators)[0].Key });
        Step(new ConsensusInput.Started(genesis, []));
    }

    [Fact]
    public void Handle_VotesThatMakeACertificateTogether_AreNotPassedOn()
    {
        _told.Clear();
        foreach (ConsensusInput vote in VoteInputs.Of(1, Validators).Take(Validators - 1))
        {
            Step(vote);
        }

        Assert.Equal(View.Of(0, 2), _engine.View);
        Assert.DoesNotContain(
            _told.OfType<ConsensusOutput.Broadcast>(), static told => EngineMessage.TryReadVote(told.Payload, out Vote vote) && vote.Signer != 0);
        Assert.Contains(_told.OfType<ConsensusOutput.Broadcast>(), static told => EngineMessage.TryReadCertified(told.Payload, out _));
    }

    private void Step(ConsensusInput input)
    {
        var effects = new EffectList();
        _engine.Handle(in input, new StepContext(Instant.Zero, HeaderMaker.Start, _random), effects);
        foreach (Effect effect in effects.Effects)
        {
            if (effect is { Kind: EffectKind.Emit, Event: ConsensusOutput output })
            {
                _told.Add(output);
                if (output is ConsensusOutput.Compute compute)
                {
                    Step(new ConsensusInput.Computed(compute.Work, new VotesVerified(new[] { true, true, true, true })));
                }
            }
        }
    }
}
