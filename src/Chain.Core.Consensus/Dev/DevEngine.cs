using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>Follows the longest chain and, where it may, makes blocks on transactions, on an interval or on command.</summary>
internal sealed class DevEngine : IConsensusEngine
{
    private static readonly TimerKey IntervalTimer = new(1);

    private readonly ReadOnlyMemory<byte> _seal;
    private readonly IBlockTree _tree;
    private readonly HeaviestChain _chain;
    private readonly DevClock _clock = new();
    private readonly bool _produces;
    private bool _sealsOnTransactions;
    private TimeSpan? _interval;
    private ulong _proposal;

    // What the proposal on its way has to be sealed for: a command or the interval asks for a block even if it is empty.
    private bool _evenIfEmpty;

    // A second block of the same transactions on the same parent would be a fork with oneself.
    private BlockId? _sealedOn;

    internal DevEngine(IHeaderRules rules, DevOptions options, IBlockTree tree, bool produces)
    {
        Rules = rules;
        _seal = options.Seal;
        _sealsOnTransactions = options.SealsOnTransactions;
        _interval = options.Interval;
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
            case ConsensusInput.TransactionsWaiting when _sealsOnTransactions:
                Request(in context, effects);
                break;
            case ConsensusInput.Commanded commanded when DevCommand.TryParse(commanded.Command, out DevCommand? command):
                Obey(command, in context, effects);
                break;
            case ConsensusInput.TimerFired fired when fired.Key == IntervalTimer:
                SetIntervalTimer(in context, effects);
                RequestEvenIfEmpty(in context, effects);
                break;
            case ConsensusInput.ProposalBuilt built:
                OnProposalBuilt(built.Proposal, built.Fields, in context, effects);
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

    private void Obey(DevCommand command, in StepContext context, IEffects effects)
    {
        switch (command)
        {
            case DevCommand.Seal:
                RequestEvenIfEmpty(in context, effects);
                break;
            case DevCommand.SealInstantly:
                SetSealing(onTransactions: true, null, in context, effects);
                break;
            case DevCommand.SealManually:
                SetSealing(onTransactions: false, null, in context, effects);
                break;
            case DevCommand.SealEvery every:
                SetSealing(onTransactions: false, every.Interval, in context, effects);
                break;
            case DevCommand.AdvanceTime advance:
                _clock.Advance(advance.By, context.WallClock);
                break;
            case DevCommand.SetNextTime next:
                _clock.SetNext(next.Time, _tree.Head.Header);
                break;
            case DevCommand.RevertTo revert when _produces && _tree.TryGet(revert.Block, out BlockTreeNode? block) && block.IsOnChainOf(_tree.Head):
                OnRevert(block, in context, effects);
                break;
        }
    }

    private void SetSealing(bool onTransactions, TimeSpan? interval, in StepContext context, IEffects effects)
    {
        _sealsOnTransactions = onTransactions;
        _interval = interval;
        effects.CancelTimer(IntervalTimer);
        SetIntervalTimer(in context, effects);
        RequestIfTransactionsCount(in context, effects);
    }

    private void OnRevert(BlockTreeNode block, in StepContext context, IEffects effects)
    {
        _evenIfEmpty = false;
        _sealedOn = null;
        _proposal++; // what is being built is for a chain that is gone
        _chain.Restart();
        _clock.GoBackTo(block.Header, context.WallClock);
        effects.Emit(new ConsensusOutput.Rewind(block.Id));
    }

    private void OnProposalBuilt(ulong proposal, in HeaderFields fields, in StepContext context, IEffects effects)
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
        _clock.OnSealed(fields.Time, context.WallClock);
        effects.Emit(new ConsensusOutput.Seal(proposal, _seal));
        effects.Emit(new ConsensusOutput.Observe(new ConsensusActivity("sealed", fields.Height, 1)));
    }

    private void RequestIfTransactionsCount(in StepContext context, IEffects effects)
    {
        if (_sealsOnTransactions)
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

        BlockHeader head = _tree.Head.Header;
        effects.Emit(new ConsensusOutput.RequestProposal(++_proposal, head.Id, _clock.TimeAfter(head, context.WallClock)));
    }

    private void SetIntervalTimer(in StepContext context, IEffects effects)
    {
        if (_produces && _interval is TimeSpan interval)
        {
            effects.SetTimer(IntervalTimer, context.Now + interval);
        }
    }
}
