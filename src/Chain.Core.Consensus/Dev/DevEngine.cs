using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>Follows the longest chain and, where it may, makes blocks on transactions, on an interval or on command.</summary>
internal sealed class DevEngine : IConsensusEngine
{
    private static readonly TimerKey IntervalTimer = new(1);

    private readonly DevOptions _options;
    private readonly IBlockTree _tree;
    private readonly HeaviestChain _chain;
    private readonly bool _produces;
    private ulong _proposal;

    // What the proposal on its way has to be sealed for: a command or the interval asks for a block even if it is empty.
    private bool _evenIfEmpty;

    // A second block of the same transactions on the same parent would be a fork with oneself.
    private BlockId? _sealedOn;

    internal DevEngine(IHeaderRules rules, DevOptions options, IBlockTree tree, bool produces)
    {
        Rules = rules;
        _options = options;
        _tree = tree;
        _chain = new HeaviestChain(tree);
        _produces = produces;
    }

    public IHeaderRules Rules { get; }

    public void Handle(in ConsensusInput input, in StepContext context, IEffects effects)
    {
        switch (input)
        {
            case ConsensusInput.Started:
                OnStarted(in context, effects);
                break;
            case ConsensusInput.HeaderArrived arrived:
                _chain.OnHeaderArrived(arrived.Header, effects);
                break;
            case ConsensusInput.BlockJudged judged:
                OnBlockJudged(judged, effects);
                break;
            case ConsensusInput.HeadChanged:
                OnHeadChanged(in context, effects);
                break;
            case ConsensusInput.TransactionsWaiting when _options.SealsOnTransactions:
                Request(in context, effects);
                break;
            case ConsensusInput.Commanded { Command: DevConsensus.SealCommand }:
                RequestEvenIfEmpty(in context, effects);
                break;
            case ConsensusInput.TimerFired fired when fired.Key == IntervalTimer:
                SetIntervalTimer(in context, effects);
                RequestEvenIfEmpty(in context, effects);
                break;
            case ConsensusInput.ProposalBuilt built:
                OnProposalBuilt(built.Proposal, built.Fields, effects);
                break;
            case ConsensusInput.MessageArrived message:
                effects.Emit(new ConsensusOutput.ReportPeer(message.From, "the dev engine has no messages"));
                break;
        }
    }

    private void OnStarted(in StepContext context, IEffects effects)
    {
        _chain.OnStarted(effects);
        SetIntervalTimer(in context, effects);
        RequestIfTransactionsCount(in context, effects);
    }

    private void OnBlockJudged(ConsensusInput.BlockJudged judged, IEffects effects)
    {
        if (judged.Verdict is BlockVerdict.Invalid)
        {
            _sealedOn = null;
        }

        _chain.OnBlockJudged(judged.Block, judged.Verdict, effects);
    }

    private void OnHeadChanged(in StepContext context, IEffects effects)
    {
        // The tree's head: the one that the input names may have been left again meanwhile.
        effects.Emit(new ConsensusOutput.MarkSafe(_tree.Head.Id));

        // More may wait than one block took, and a proposal on another parent is of no use any more.
        if (_evenIfEmpty)
        {
            Request(in context, effects);
        }
        else
        {
            RequestIfTransactionsCount(in context, effects);
        }
    }

    private void OnProposalBuilt(ulong proposal, in HeaderFields fields, IEffects effects)
    {
        if (!_produces || proposal != _proposal || fields.Parent != _tree.Head.Id)
        {
            return;
        }

        if (!_evenIfEmpty && (fields.TransactionsRoot == MerkleTree.EmptyRoot || fields.Parent == _sealedOn))
        {
            return;
        }

        _evenIfEmpty = false;
        _sealedOn = fields.Parent;
        effects.Emit(new ConsensusOutput.Seal(proposal, _options.Seal));
        effects.Emit(new ConsensusOutput.Observe(new ConsensusActivity("sealed", fields.Height, 1)));
    }

    private void RequestIfTransactionsCount(in StepContext context, IEffects effects)
    {
        if (_options.SealsOnTransactions)
        {
            Request(in context, effects);
        }
    }

    private void RequestEvenIfEmpty(in StepContext context, IEffects effects)
    {
        _evenIfEmpty = _produces;
        Request(in context, effects);
    }

    private void Request(in StepContext context, IEffects effects)
    {
        if (!_produces)
        {
            return;
        }

        // After the parent's time even where the clock was set back.
        BlockHeader head = _tree.Head.Header;
        UnixTime time = context.WallClock > head.Time ? context.WallClock : new UnixTime(head.Time.Milliseconds + 1);
        effects.Emit(new ConsensusOutput.RequestProposal(++_proposal, head.Id, time));
    }

    private void SetIntervalTimer(in StepContext context, IEffects effects)
    {
        if (_produces && _options.Interval is TimeSpan interval)
        {
            effects.SetTimer(IntervalTimer, context.Now + interval);
        }
    }
}
