using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Consensus.ProofOfStake.Tests;
using Chain.Core.Consensus.Tests;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.ProofOfStake;

/// <summary>
/// All votes of views of 100 validators through one engine: 99 notarize and 99 finalize in each view, decoded, collected in
/// batches, counted and made into certificates. Signatures are neither made nor verified.
/// </summary>
internal sealed class VoteSteps
{
    /// <summary>Votes per call.</summary>
    public const int Votes = Views * 2 * (Validators - 1);

    private const int Validators = 100;
    private const int Views = 64;

    private readonly ProofOfStakeConsensus _plugin;
    private readonly BlockHeader _genesis;
    private readonly EngineOptions _node;
    private readonly ConsensusInput[] _inputs;
    private readonly EffectList _effects = new();
    private readonly VotesVerified _allGood;
    private readonly DeterministicRandom _random = new(1);

    private VoteSteps()
    {
        var options = new ProofOfStakeOptions { Validators = TestKeys.Equal(Validators), RelaysVotes = false };
        _plugin = new ProofOfStakeConsensus(options, ToyCrypto.Instance, static view => 1);
        _genesis = HeaderMaker.Genesis(_plugin.GenesisSeal.Span);
        _node = new EngineOptions { Signer = TestKeys.Of(Validators)[0].Key };
        var verdicts = new bool[4 * Validators];
        Array.Fill(verdicts, true);
        _allGood = new VotesVerified(verdicts);
        _inputs = [.. Enumerable.Range(1, Views).SelectMany(static view => VoteInputs.Of(view, Validators))];
    }

    public static Contest Prepare()
    {
        var steps = new VoteSteps();
        return Contest.Alone(() => steps.Run(), steps.FindMistake);
    }

    private SimplexEngine Run()
    {
        var tree = new BlockTree(_genesis);
        var engine = (SimplexEngine)_plugin.CreateEngine(_genesis, tree, _node);
        var context = new StepContext(Instant.Zero, HeaderMaker.Start, _random);
        Step(engine, new ConsensusInput.Started(_genesis, []), in context);
        foreach (ConsensusInput input in _inputs)
        {
            Step(engine, input, in context);
        }

        return engine;
    }

    private void Step(SimplexEngine engine, ConsensusInput input, in StepContext context)
    {
        _effects.Clear();
        engine.Handle(in input, in context, _effects);
        for (int i = 0; i < _effects.Effects.Count; i++)
        {
            if (_effects.Effects[i] is { Kind: EffectKind.Emit, Event: ConsensusOutput.Compute compute })
            {
                Step(engine, new ConsensusInput.Computed(compute.Work, _allGood), in context);
                return;
            }
        }
    }

    private string? FindMistake()
    {
        SimplexEngine engine = Run();
        return engine.View == View.Of(0, Views + 1) ? null : $"the votes of {Views} views lead to view {engine.View}";
    }
}
