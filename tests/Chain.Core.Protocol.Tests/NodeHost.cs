using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests;

/// <summary>Drives one full node without peers or timers: writes reach a store at once and jobs run at once.</summary>
internal sealed class NodeHost
{
    private readonly EffectList _effects = new();
    private readonly DeterministicRandom _random = new(5);
    private readonly Storage.IKeyValueStore _store;
    private long _now;

    public NodeHost(ScriptedConsensus consensus, Storage.IKeyValueStore store, Func<FullNodeOptions, FullNodeOptions>? change = null)
    {
        _store = store;
        var genesis = new GenesisSpec(1, "host", new UnixTime(1_000_000), []);
        Definition = new ChainDefinition(consensus, new LedgerDefinition([new CensusModule()]), genesis);
        var options = new FullNodeOptions
        {
            Self = DevFixture.PeerOf(1),
            Engine = new EngineOptions { ProducesBlocks = true },
        };
        Node = new FullNode(
            Definition, change?.Invoke(options) ?? options, RecoveredChain.Read(store, Definition.Genesis.Header));
        Tell(new HostInput.Started());
    }

    public ChainDefinition Definition { get; }

    public FullNode Node { get; }

    public List<NodeEvent> Events { get; } = [];

    /// <summary>What was sent, in order.</summary>
    public List<PeerMessage> Sent { get; } = [];

    /// <summary>The jobs that were run, in order.</summary>
    public List<Job> Jobs { get; } = [];

    public void Tell(HostInput input)
    {
        var inputs = new Queue<HostInput>([input]);
        while (inputs.TryDequeue(out HostInput? next))
        {
            _now++;
            _effects.Clear();
            Node.Handle(in next, new StepContext(new Instant(_now), new UnixTime(2_000_000 + (ulong)_now), _random), _effects);
            foreach (Effect effect in _effects.Effects)
            {
                switch (effect.Kind)
                {
                    case EffectKind.Write: _store.Write(effect.Batch, effect.Durability); break;
                    case EffectKind.Send: Sent.Add(effect.Message); break;
                    case EffectKind.Offload:
                        Jobs.Add(effect.Job);
                        inputs.Enqueue(new HostInput.JobFinished(effect.JobId, effect.Job.Run(_store)));
                        break;
                    case EffectKind.Emit: Events.Add((NodeEvent)effect.Event); break;
                }
            }
        }
    }

    public void Command(string command) => Tell(new HostInput.Commanded(command));

    public void SealBlocks(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Command(DevConsensus.SealCommand);
        }
    }
}
