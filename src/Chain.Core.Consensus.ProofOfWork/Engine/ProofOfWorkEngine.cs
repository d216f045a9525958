using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>Follows the heaviest chain and, where it may, searches for the next block on it.</summary>
internal sealed class ProofOfWorkEngine : IConsensusEngine
{
    private const int PauseTimer = 2;

    private static readonly TimerKey RebuildTimer = new(1);

    private readonly ProofOfWorkOptions _options;
    private readonly ProofOfWorkRules _rules;
    private readonly IBlockTree _tree;
    private readonly EngineOptions _node;
    private readonly HeaviestChain _chain;
    private ulong _proposal;
    private SealSearch? _search;

    internal ProofOfWorkEngine(ProofOfWorkOptions options, ProofOfWorkRules rules, IBlockTree tree, EngineOptions node)
    {
        _options = options;
        _rules = rules;
        _tree = tree;
        _node = node;
        _chain = new HeaviestChain(tree);
    }

    public IHeaderRules Rules => _rules;

    public void Handle(in ConsensusInput input, in StepContext context, IEffects effects)
    {
        switch (input)
        {
            case ConsensusInput.Started:
                _chain.OnStarted(effects);
                Mine(in context, effects);
                break;
            case ConsensusInput.HeaderArrived arrived:
                _chain.OnHeaderArrived(arrived.Header, effects);
                break;
            case ConsensusInput.BlockJudged judged:
                _chain.OnBlockJudged(judged.Block, judged.Verdict, effects);
                break;
            case ConsensusInput.HeadChanged:
                OnHeadChanged(in context, effects);
                break;
            case ConsensusInput.TransactionsWaiting:
                OnTransactionsWaiting(in context, effects);
                break;
            case ConsensusInput.TimerFired fired when fired.Key == RebuildTimer:
                Mine(in context, effects);
                break;
            case ConsensusInput.TimerFired { Key.Kind: PauseTimer } fired when _search is not null:
                Search((int)fired.Key.Subject, effects);
                break;
            case ConsensusInput.ProposalBuilt built:
                OnProposalBuilt(built.Proposal, built.Fields, effects);
                break;
            case ConsensusInput.SealSearched { Result: NonceSearched result } searched:
                OnSealSearched(searched.Proposal, searched.Lane, result, in context, effects);
                break;
            case ConsensusInput.MessageArrived message:
                effects.Emit(new ConsensusOutput.ReportPeer(message.From, "proof of work has no messages"));
                break;
        }
    }

    private void OnHeadChanged(in StepContext context, IEffects effects)
    {
        _search = null; // it was for a block beside the new head
        MarkSafe(effects);
        Mine(in context, effects);
    }

    private void MarkSafe(IEffects effects)
    {
        // The tree's head: the one that the input names may have been left again meanwhile.
        BlockTreeNode head = _tree.Head;
        var depth = (ulong)_options.SafeDepth;
        if (head.Height.Value >= depth
            && head.AncestorAt(new BlockHeight(head.Height.Value - depth)) is BlockTreeNode safe
            && safe.Height >= _tree.Finalized.Height)
        {
            effects.Emit(new ConsensusOutput.MarkSafe(safe.Id));
        }
    }

    private void OnTransactionsWaiting(in StepContext context, IEffects effects)
    {
        // A proposal on its way may have been begun too early to hold them; if it does, this is one proposal too many.
        if (_search is null or { IsEmpty: true })
        {
            Mine(in context, effects);
        }
    }

    /// <summary>Asks for a proposal on the head; what is searched for meanwhile goes on until it is there.</summary>
    private void Mine(in StepContext context, IEffects effects)
    {
        if (!_node.ProducesBlocks)
        {
            return;
        }

        BlockTreeNode head = _tree.Head;
        var earliest = new UnixTime(_rules.MedianTime(head.AncestorsOfChild()).Milliseconds + 1);
        UnixTime time = context.WallClock > earliest ? context.WallClock : earliest;
        effects.Emit(new ConsensusOutput.RequestProposal(++_proposal, head.Id, time));
        effects.SetTimer(RebuildTimer, context.Now + _options.RebuildInterval);
    }

    private void OnProposalBuilt(ulong proposal, in HeaderFields fields, IEffects effects)
    {
        if (proposal != _proposal
            || fields.Parent != _tree.Head.Id
            || !_rules.TryGetTargetAfter(_tree.Head.AncestorsOfChild(), out CompactTarget target))
        {
            return;
        }

        _search = new SealSearch(_options, proposal, in fields, target, _node);
        for (int lane = 0; lane < _node.SearchLanes; lane++)
        {
            effects.CancelTimer(new TimerKey(PauseTimer, (ulong)lane)); // of the search before
            Search(lane, effects);
        }
    }

    private void Search(int lane, IEffects effects) =>
        effects.Emit(new ConsensusOutput.SearchSeal(_search!.Proposal, lane, _search.NextSlice(lane)));

    private void OnSealSearched(ulong proposal, int lane, NonceSearched result, in StepContext context, IEffects effects)
    {
        if (_search is null || _search.Proposal != proposal)
        {
            return;
        }

        _search.Tried += result.Tried;
        if (result.Nonce is not ulong nonce)
        {
            if (_node.SearchPause > TimeSpan.Zero)
            {
                effects.SetTimer(new TimerKey(PauseTimer, (ulong)lane), context.Now + _node.SearchPause);
            }
            else
            {
                Search(lane, effects);
            }

            return;
        }

        effects.Emit(new ConsensusOutput.Seal(proposal, new ProofOfWorkSeal(_search.Target, nonce).Encode()));
        effects.Emit(new ConsensusOutput.Observe(new ConsensusActivity("sealed", _search.Height, _search.Tried)));
        _search = null;
    }
}
