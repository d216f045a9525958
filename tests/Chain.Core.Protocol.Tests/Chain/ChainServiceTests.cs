using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests.Chain;

/// <summary>The chain service alone: jobs run when a test says so, and its events are what it is asked about.</summary>
public sealed class ChainServiceTests : IDisposable
{
    private static readonly UnixTime Now = new(2_000_000);

    private readonly DevFixture _fixture = new();
    private readonly MemoryStore _store = new();
    private readonly EffectList _effects = new();
    private readonly Queue<(JobId Id, Job Job)> _jobs = new();
    private ChainService _chain;

    public ChainServiceTests()
    {
        _chain = Create(1 << 26);
        _chain.StoreGenesis(_effects);
        Settle();
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void RequestVerdict_BodiesHere_ExecutesInOrderAndStores()
    {
        List<Block> blocks = _fixture.Blocks(3);
        AddHeaders(blocks);
        foreach (Block block in Enumerable.Reverse(blocks))
        {
            _chain.AddBody(block, new ConnectionId(1));
        }

        _chain.RequestVerdict(blocks[2].Id, _effects);
        List<ChainEvent> events = Run();

        Assert.Equal(blocks.Select(block => block.Id), events.OfType<ChainEvent.Stored>().Select(stored => stored.Block.Id));
        ChainEvent.Judged judged = Assert.Single(events.OfType<ChainEvent.Judged>());
        Assert.Equal(blocks[2].Id, judged.Block);
        Assert.IsType<BlockVerdict.Valid>(judged.Verdict);
        Assert.All(blocks, block => Assert.True(_chain.HasBody(block.Id)));
    }

    [Fact]
    public void RequestVerdict_BodiesMissing_SaysWhichUntilTheyAreHere()
    {
        List<Block> blocks = _fixture.Blocks(3);
        AddHeaders(blocks);
        _chain.RequestVerdict(blocks[2].Id, _effects);
        Assert.Equal(blocks.Select(block => block.Id), Missing(Run()));

        _chain.AddBody(blocks[1], null);
        Assert.Equal([blocks[0].Id, blocks[2].Id], Missing(Run()));
        _chain.AddBody(blocks[0], null);
        List<ChainEvent> events = Run();
        Assert.Equal(2, events.OfType<ChainEvent.Stored>().Count());
        Assert.Equal([blocks[2].Id], Missing(events));
        Assert.Empty(events.OfType<ChainEvent.BodiesUnwanted>());
    }

    [Fact]
    public void AddBody_CacheOfOne_AsksAgainForWhatItLost()
    {
        _chain = Create(1);
        List<Block> blocks = _fixture.Blocks(3);
        AddHeaders(blocks);
        _chain.RequestVerdict(blocks[2].Id, _effects);
        for (int i = 0; i < blocks.Count; i++)
        {
            List<ChainEvent> events = Run();
            Assert.Equal([blocks[i].Id], Missing(events));
            _chain.AddBody(blocks[i], null);
        }

        Assert.Single(Run().OfType<ChainEvent.Judged>());
    }

    [Fact]
    public void RequestVerdict_ManyBranches_DemandIsBounded()
    {
        for (ulong variant = 1; variant <= 100; variant++)
        {
            BlockTreeNode tip = _chain.Tree.Genesis;
            for (int i = 0; i < 12; i++)
            {
                tip = _chain.Tree.TryAdd(DevFixture.Child(tip, variant).Header, _fixture.Rules, Now).Node!;
            }

            _chain.RequestVerdict(tip.Id, _effects);
        }

        Assert.Equal(512, Missing(Run()).Count);
    }

    [Fact]
    public void TryAdvance_BranchForgotten_ItsBodiesAreUnwanted()
    {
        var limits = new BlockTreeLimits { HeadersOfGoneSources = 0 };
        var tree = new BlockTree(_fixture.Definition.Genesis.Header, limits);
        var source = new ConnectionId(4);
        _chain = _fixture.ServiceOf(tree, 1 << 26);
        Block withheld = DevFixture.Child(tree.Genesis);
        _chain.AddHeaders([withheld.Header], source, Now, _effects);
        _chain.RequestVerdict(withheld.Id, _effects);
        Assert.Equal([withheld.Id], Missing(Run()));

        tree.ForgetSource(source);
        Block other = DevFixture.Child(tree.Genesis, variant: 9);
        _chain.AddHeaders([other.Header], null, Now, _effects);
        _chain.RequestVerdict(other.Id, _effects);

        Assert.Equal([withheld.Id], Assert.Single(Run().OfType<ChainEvent.BodiesUnwanted>()).Blocks);
    }

    [Fact]
    public void Execution_InvalidBlock_SpoilsTheBranchAndNamesItsOrigin()
    {
        BlockTreeNode genesis = _chain.Tree.Genesis;
        Block sound = DevFixture.Child(genesis);
        HeaderFields fields = sound.Header.Fields with { StateRoot = genesis.Id.Value };
        Block bad = Block.Create(BlockHeader.Create(in fields, []), []);
        BlockTreeNode node = _chain.Tree.TryAdd(bad.Header, _fixture.Rules, Now).Node!;
        BlockTreeNode child = _chain.Tree.TryAdd(DevFixture.Child(node).Header, _fixture.Rules, Now).Node!;
        _chain.AddBody(bad, new ConnectionId(6));
        _chain.RequestVerdict(child.Id, _effects);
        List<ChainEvent> events = Run();

        ChainEvent.Refused refused = Assert.Single(events.OfType<ChainEvent.Refused>());
        Assert.Equal((bad.Id, new ConnectionId(6)), (refused.Block, refused.Origin!.Value));
        Assert.Contains("state root", refused.Reason, StringComparison.Ordinal);
        Assert.IsType<BlockVerdict.Invalid>(Assert.Single(events.OfType<ChainEvent.Judged>()).Verdict);
        Assert.Empty(events.OfType<ChainEvent.Stored>());

        _chain.RequestVerdict(bad.Id, _effects);
        Assert.IsType<BlockVerdict.Invalid>(Assert.Single(Run().OfType<ChainEvent.Judged>()).Verdict);
    }

    [Fact]
    public void Execution_WrongStateRoots_AreKeptUpToFourAndExplainedOneAtATime()
    {
        BlockTreeNode parent = _chain.Tree.Genesis;
        List<Block> wrong = [];
        for (ulong height = 1; height <= 6; height++)
        {
            Block sound = DevFixture.Child(parent);
            HeaderFields fields = sound.Header.Fields with { StateRoot = sound.Header.Parent.Value };
            wrong.Add(Block.Create(BlockHeader.Create(in fields, []), []));
            _chain.Tree.TryAdd(wrong[^1].Header, _fixture.Rules, Now);
            _chain.AddBody(wrong[^1], null);
            _chain.RequestVerdict(wrong[^1].Id, _effects);
            Settle();
            Refuse();
            _chain.Explain(wrong[^1].Id, null, null, _effects); // no peer was asked
            Settle();
            AddHeaders([sound]);
            _chain.AddBody(sound, null);
            _chain.RequestVerdict(sound.Id, _effects);
            Refuse();
            Assert.True(_chain.Tree.TryGet(sound.Id, out parent!));
            Assert.Equal(BlockStatus.Valid, parent.Status);
        }

        ChainEvent.MismatchExplained explained = Assert.Single(Run().OfType<ChainEvent.MismatchExplained>());
        Assert.Equal(wrong[0].Id, explained.What.Mismatch.Block.Id);
        Assert.True(explained.What.IsRepeatable);
        Assert.Equal(
            wrong.TakeLast(4).Select(static block => block.Id).Order(),
            ChainRecords.ReadMismatches(_store).Select(static mismatch => mismatch.Block.Id).Order());

        // Runs what judges, and leaves what explains.
        void Refuse()
        {
            _chain.TryAdvance(_effects);
            Settle();
            for (int left = _jobs.Count; left > 0; left--)
            {
                (JobId id, Job job) = _jobs.Dequeue();
                if (job is ExplainMismatchJob)
                {
                    _jobs.Enqueue((id, job));
                    continue;
                }

                _chain.OnJobFinished(id, job.Run(_store), default, _effects);
                Settle();
            }
        }
    }

    [Fact]
    public void MoveHead_BodiesNotAtHand_IsToldInOrderAfterTheyAreLoaded()
    {
        List<Block> blocks = _fixture.Blocks(4);
        AddHeaders(blocks);
        _chain.RequestVerdict(blocks[3].Id, _effects);
        Run();
        foreach (Block block in blocks)
        {
            _chain.AddBody(block, null);
            Run();
        }

        ChainService again = _chain = Create(1);
        again.Recover([.. blocks.Select(block => block.Header)], _fixture.Definition.GenesisId, null, false, _effects);
        again.MoveHead(blocks[1].Id, _effects);
        again.MoveHead(blocks[3].Id, _effects);
        Assert.Equal(blocks[3].Id, again.Tree.Head.Id);
        List<ChainEvent.HeadMoved> moves = [.. Run().OfType<ChainEvent.HeadMoved>()];

        Assert.Equal([blocks[1].Id, blocks[3].Id], moves.Select(move => move.Head.Id));
        Assert.Equal([blocks[0].Id, blocks[1].Id], moves[0].Applied.Select(block => block.Id));
        Assert.Equal([blocks[2].Id, blocks[3].Id], moves[1].Applied.Select(block => block.Id));
        Assert.True(ChainRecords.TryReadHead(_store, out BlockId head));
        Assert.Equal(blocks[3].Id, head);
    }

    [Fact]
    public void Fetch_NotInTheStore_IsUnknownUnlessAPeerBroughtItMeanwhile()
    {
        List<Block> blocks = _fixture.Blocks(2);
        var voter = new ConnectionId(7);
        _chain.Fetch(blocks[0].Id, voter, _effects);
        _chain.Fetch(blocks[1].Id, voter, _effects);
        Settle();

        AddHeaders([blocks[0]]);

        Assert.Equal(new ChainEvent.BlockUnknown(blocks[1].Id, voter), Assert.Single(Run().OfType<ChainEvent.BlockUnknown>()));
    }

    [Fact]
    public void MarkSafe_NotOnTheHeadsChainAnyMore_IsPassedOver()
    {
        BlockTreeNode one = _chain.Tree.TryAdd(DevFixture.Child(_chain.Tree.Genesis, 1).Header, _fixture.Rules, Now).Node!;
        BlockTreeNode other = _chain.Tree.TryAdd(DevFixture.Child(_chain.Tree.Genesis, 2).Header, _fixture.Rules, Now).Node!;
        _chain.Tree.MarkValid(one.Id);
        _chain.Tree.SetHead(one.Id);
        _chain.MarkSafe(other.Id);
        Assert.Equal(_chain.Tree.Genesis, _chain.Tree.Safe);
        _chain.MarkSafe(one.Id);
        Assert.Equal(one, _chain.Tree.Safe);
    }

    private ChainService Create(long cacheBytes) =>
        _fixture.ServiceOf(new BlockTree(_fixture.Definition.Genesis.Header), cacheBytes);

    private void AddHeaders(List<Block> blocks) =>
        Assert.Equal(blocks.Count, _chain.AddHeaders([.. blocks.Select(block => block.Header)], null, Now, _effects).Added);

    private static List<BlockId> Missing(List<ChainEvent> events) =>
        [.. events.OfType<ChainEvent.BodiesMissing>().LastOrDefault()?.Blocks.Select(node => node.Id) ?? []];

    /// <summary>Advances and runs jobs until nothing is left to do.</summary>
    private List<ChainEvent> Run()
    {
        var events = new List<ChainEvent>();
        events.AddRange(Settle());
        while (_chain.TryAdvance(_effects) || _jobs.Count > 0)
        {
            events.AddRange(Settle());
            if (_jobs.TryDequeue(out (JobId Id, Job Job) job))
            {
                _chain.OnJobFinished(job.Id, job.Job.Run(_store), default, _effects);
                events.AddRange(Settle());
            }
        }

        return events;
    }

    private List<ChainEvent> Settle()
    {
        var events = new List<ChainEvent>();
        foreach (Effect effect in _effects.Effects)
        {
            switch (effect.Kind)
            {
                case EffectKind.Write: _store.Write(effect.Batch, effect.Durability); break;
                case EffectKind.Offload: _jobs.Enqueue((effect.JobId, effect.Job)); break;
                case EffectKind.Emit: events.Add((ChainEvent)effect.Event); break;
            }
        }

        _effects.Clear();
        return events;
    }
}
