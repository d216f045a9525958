using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests.Ledger;

/// <summary>A chain service over a store; it can be dropped at any moment and begun anew on what the store has.</summary>
internal sealed class PaidHost : IDisposable
{
    private static readonly UnixTime Late = new(ulong.MaxValue / 2);

    private readonly PaidChain _chain;
    private readonly EffectList _effects = new();
    private readonly Queue<(JobId Id, Job Job)> _jobs = new();
    private FullNodeOptions _options;
    private ChainService _service = null!;

    public PaidHost(PaidChain chain, Func<FullNodeOptions, FullNodeOptions>? change = null)
    {
        _chain = chain;
        _options = new FullNodeOptions { Self = DevFixture.PeerOf(1) };
        _options = change?.Invoke(_options) ?? _options;
        Begin();
    }

    public MemoryStore Store { get; } = new();

    /// <summary>Every batch that was written, in order.</summary>
    public List<WriteBatch> Writes { get; } = [];

    public List<ChainEvent> Events { get; } = [];

    public IEnumerable<Job> PendingJobs => _jobs.Select(static pending => pending.Job);

    public BlockTree Tree => _service.Tree;

    public void Dispose() => Store.Dispose();

    /// <summary>Kills the service, whatever it waits for, and begins anew.</summary>
    public void Restart(Func<FullNodeOptions, FullNodeOptions>? change = null)
    {
        _jobs.Clear();
        _options = change?.Invoke(_options) ?? _options;
        Begin();
    }

    /// <summary>Hands in blocks and moves the head to the last of them.</summary>
    public void Append(IReadOnlyList<Block> blocks)
    {
        foreach (Block block in blocks)
        {
            Offer(block);
            Run();
            _service.MoveHead(block.Id, _effects);
            Run();
        }
    }

    /// <summary>Hands in a branch, has its last block judged, and moves the head there where it is valid.</summary>
    public void Follow(IReadOnlyList<Block> branch)
    {
        foreach (Block block in branch)
        {
            Offer(block);
        }

        Run();
        _service.MoveHead(branch[^1].Id, _effects);
        Run();
    }

    /// <summary>Hands in a block and asks for its verdict, but runs no job.</summary>
    public void Offer(Block block)
    {
        _service.AddHeaders([block.Header], null, Late, _effects);
        _service.AddBody(block, null);
        _service.RequestVerdict(block.Id, _effects);
        Settle();
    }

    public void MoveHead(Block block)
    {
        _service.MoveHead(block.Id, _effects);
        Settle();
    }

    public void Finalize(Block block)
    {
        Assert.True(_service.TryFinalize(block.Id, new byte[1], _effects));
        Settle();
    }

    /// <summary>Advances and runs jobs until nothing is left to do, or so many jobs have run.</summary>
    public void Run(int maxJobs = int.MaxValue)
    {
        Advance();
        while (maxJobs-- > 0 && _jobs.TryDequeue(out (JobId Id, Job Job) next))
        {
            _service.OnJobFinished(next.Id, next.Job.Run(Store), default, _effects);
            Advance();
        }
    }

    /// <summary>Lets the service do what follows from what it was told, without a job.</summary>
    public void Advance()
    {
        Settle();
        while (_service.TryAdvance(_effects))
        {
            Settle();
        }
    }

    private void Begin()
    {
        var states = new ResidentStates();
        var tree = new BlockTree(_chain.Definition.Genesis.Header);
        RecoveredChain recovered = RecoveredChain.Read(Store, _chain.Definition.Genesis.Header);
        _service = new ChainService(
            _chain.Definition, tree, _chain.Rules, _options, states, _chain.Definition.CreateMempool(states), recovered.States);
        if (recovered.Head is { } head)
        {
            _service.Recover(recovered.Headers, head, recovered.Finalized, recovered.KnowsHeights, _effects);
            _service.TakeUpIndex(recovered.Indexed, _effects);
        }
        else
        {
            _service.StoreGenesis(_effects);
        }

        Settle();
    }

    private void Settle()
    {
        foreach (Effect effect in _effects.Effects)
        {
            switch (effect.Kind)
            {
                case EffectKind.Write:
                    Store.Write(effect.Batch, effect.Durability);
                    Writes.Add(effect.Batch);
                    break;
                case EffectKind.Offload:
                    _jobs.Enqueue((effect.JobId, effect.Job));
                    break;
                case EffectKind.Emit:
                    Events.Add((ChainEvent)effect.Event);
                    break;
            }
        }

        _effects.Clear();
    }
}
