using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.Tests;

/// <summary>An engine with a tree of its own: a test tells it what happened and reads what it asked for.</summary>
public sealed class EngineScript
{
    public static readonly Hash256 SomeTransactions = Sha256.Hash("transactions"u8);

    private readonly DeterministicRandom _random = new(1);

    public EngineScript(IConsensusPlugin plugin, EngineOptions? options = null)
    {
        BlockHeader genesis = HeaderMaker.Genesis(plugin.GenesisSeal.Span);
        Tree = new BlockTree(genesis);
        Engine = plugin.CreateEngine(genesis, Tree, options ?? new EngineOptions { ProducesBlocks = true });
        WallClock = HeaderMaker.Start.Plus(TimeSpan.FromHours(1));
    }

    public BlockTree Tree { get; }

    public IConsensusEngine Engine { get; }

    public Instant Now { get; set; } = Instant.Zero;

    public UnixTime WallClock { get; set; }

    /// <summary>What the last step did.</summary>
    public EffectList Last { get; } = new();

    public EngineScript Feed(ConsensusInput input)
    {
        Last.Clear();
        Engine.Handle(in input, new StepContext(Now, WallClock, _random), Last);
        return this;
    }

    public EngineScript Start(params ConsensusRecord[] records) => Feed(new ConsensusInput.Started(Tree.Head.Header, records));

    /// <summary>The outputs of one kind in the last step.</summary>
    public IReadOnlyList<T> All<T>()
        where T : ConsensusOutput =>
        Last.Effects.Where(effect => effect.Kind == EffectKind.Emit).Select(effect => effect.Event).OfType<T>().ToList();

    public T Single<T>()
        where T : ConsensusOutput => Assert.Single(All<T>());

    public EngineScript Quiet()
    {
        Assert.Empty(Last.Effects);
        return this;
    }

    /// <summary>A header comes from a peer.</summary>
    public BlockTreeNode Arrive(BlockHeader header)
    {
        AddHeaderResult result = Tree.TryAdd(header, Engine.Rules, WallClock);
        Assert.Equal((AddHeaderStatus.Added, HeaderVerdict.Valid), (result.Status, result.Verdict));
        Feed(new ConsensusInput.HeaderArrived(header));
        return result.Node!;
    }

    public EngineScript JudgeValid(BlockTreeNode node)
    {
        Tree.MarkValid(node.Id);
        return Feed(new ConsensusInput.BlockJudged(node.Id, new BlockVerdict.Valid()));
    }

    public EngineScript JudgeInvalid(BlockTreeNode node)
    {
        Tree.MarkInvalid(node.Id);
        return Feed(new ConsensusInput.BlockJudged(node.Id, new BlockVerdict.Invalid("test")));
    }

    public EngineScript MoveHead(BlockTreeNode node)
    {
        Tree.SetHead(node.Id);
        return Feed(new ConsensusInput.HeadChanged(node.Header));
    }

    /// <summary>Answers the proposal that was asked for last.</summary>
    public EngineScript Build(ConsensusOutput.RequestProposal request, Hash256? transactionsRoot = null)
    {
        Assert.True(Tree.TryGet(request.Parent, out BlockTreeNode? parent));
        HeaderFields fields = HeaderMaker.FieldsOn(parent, 0, transactionsRoot) with { Time = request.Time };
        return Feed(new ConsensusInput.ProposalBuilt(request.Proposal, fields));
    }
}
