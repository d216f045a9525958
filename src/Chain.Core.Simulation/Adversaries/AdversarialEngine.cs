using Chain.Core.Consensus;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>An engine with adversaries around it.</summary>
internal sealed class AdversarialEngine : IConsensusEngine
{
    /// <summary>Timers of adversaries; engines number theirs from 1.</summary>
    private const int FirstTimer = 1 << 8;

    private readonly Adversary[] _adversaries;
    private readonly AdversaryStep[] _steps;
    private readonly EffectList _inner = new();
    private readonly Queue<ConsensusInput> _told = new();
    private readonly List<ConnectionId> _connections = [];
    private StepContext _context;
    private IEffects _effects = null!;

    public AdversarialEngine(IConsensusEngine engine, Adversary[] adversaries)
    {
        Engine = engine;
        _adversaries = adversaries;
        _steps = [.. adversaries.Select((_, place) => new AdversaryStep(this, place))];
    }

    /// <summary>The engine inside.</summary>
    public IConsensusEngine Engine { get; }

    public IHeaderRules Rules => Engine.Rules;

    public Instant Now => _context.Now;

    public DeterministicRandom Random => _context.Random;

    public IReadOnlyList<ConnectionId> Connections => _connections;

    public void Handle(in ConsensusInput input, in StepContext context, IEffects effects)
    {
        _context = context;
        _effects = effects;
        if (input is ConsensusInput.TimerFired { Key.Kind: >= FirstTimer } fired)
        {
            int place = fired.Key.Kind - FirstTimer;
            _adversaries[place].Wake(_steps[place]);
        }
        else
        {
            Hear(input);
        }

        while (_told.TryDequeue(out ConsensusInput? told))
        {
            Step(told);
        }
    }

    /// <summary>Brings an output to the adversary at a place, or to the host after the last.</summary>
    public void Say(ConsensusOutput output, int place)
    {
        if (place < _adversaries.Length)
        {
            _adversaries[place].Say(output, _steps[place]);
        }
        else
        {
            _effects.Emit(output);
        }
    }

    public void Tell(ConsensusInput input) => _told.Enqueue(input);

    public void WakeAt(int place, Instant time) => _effects.SetTimer(new TimerKey(FirstTimer + place), time);

    private void Hear(ConsensusInput input)
    {
        if (input is ConsensusInput.MessageArrived arrived && !_connections.Contains(arrived.From))
        {
            _connections.Add(arrived.From);
        }

        ConsensusInput? heard = input;
        for (int place = 0; heard is not null && place < _adversaries.Length; place++)
        {
            heard = _adversaries[place].Hear(heard, _steps[place]);
        }

        if (heard is not null)
        {
            Step(heard);
        }
    }

    private void Step(ConsensusInput input)
    {
        UnixTime clock = _context.WallClock;
        foreach (Adversary adversary in _adversaries)
        {
            clock = adversary.ReadClock(clock);
        }

        _inner.Clear();
        Engine.Handle(in input, _context with { WallClock = clock }, _inner);
        foreach (Effect effect in _inner.Effects)
        {
            Carry(in effect);
        }
    }

    private void Carry(in Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.SetTimer:
                _effects.SetTimer(effect.Timer, effect.Due);
                break;
            case EffectKind.CancelTimer:
                _effects.CancelTimer(effect.Timer);
                break;
            case EffectKind.Emit when effect.Event is ConsensusOutput output:
                Say(output, 0);
                break;
            default:
                throw new InvalidOperationException($"An engine has no effect of the kind {effect.Kind}.");
        }
    }
}
