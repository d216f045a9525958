using Chain.Core.Consensus;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Handover;

/// <summary>Runs the first engine until the head is at the height, and the second one from then on.</summary>
internal sealed class HandoverEngine(
    IConsensusEngine first, HandoverRules rules, Func<BlockHeader, IConsensusEngine> createSecond, IBlockTree tree, BlockHeight height)
    : IConsensusEngine
{
    // What the second engine has to know and the first one cannot use. A node that syncs hears of later headers early.
    private readonly List<ConsensusInput> _early = [];
    private IReadOnlyList<ConsensusRecord> _records = [];
    private IConsensusEngine? _second;

    public IHeaderRules Rules => rules;

    public void Handle(in ConsensusInput input, in StepContext context, IEffects effects)
    {
        if (_second is not null)
        {
            if (!IsForFirst(input))
            {
                _second.Handle(in input, in context, effects);
            }

            return;
        }

        if (input is ConsensusInput.Started started)
        {
            _records = started.Records;
        }

        if (IsForSecond(input))
        {
            _early.Add(input);
        }
        else if (tree.Head.Height < height && input is not ConsensusInput.MessageArrived)
        {
            // Messages are the second engine's: peers that are further on repeat them.
            first.Handle(in input, in context, effects);
        }

        if (tree.Head.Height >= height && (input is ConsensusInput.Started or ConsensusInput.HeadChanged))
        {
            HandOver(in context, effects);
        }
    }

    private bool IsForSecond(ConsensusInput input) =>
        input is ConsensusInput.ValidatorsNamed || (input is ConsensusInput.HeaderArrived arrived && arrived.Header.Height > height);

    /// <summary>An answer to what the first engine asked, which comes when it runs no more.</summary>
    private bool IsForFirst(ConsensusInput input) => input is ConsensusInput.ProposalBuilt { Fields: var fields } && fields.Height <= height;

    private void HandOver(in StepContext context, IEffects effects)
    {
        BlockHeader handover = tree.Head.AncestorAt(height)!.Header;
        _second = createSecond(handover);
        rules.Use(handover, _second.Rules);
        foreach (ConsensusInput named in _early.Where(static each => each is ConsensusInput.ValidatorsNamed))
        {
            _second.Handle(in named, in context, effects);
        }

        ConsensusInput start = new ConsensusInput.Started(tree.Head.Header, _records);
        _second.Handle(in start, in context, effects);
        foreach (ConsensusInput arrived in _early.Where(static each => each is ConsensusInput.HeaderArrived))
        {
            _second.Handle(in arrived, in context, effects);
        }

        _early.Clear();
    }
}
