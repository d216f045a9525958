using Chain.Core.Machines;

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
        if (_second is null)
        {
            Begin(in input, in context, effects);
        }
        else if (input is not ConsensusInput.ProposalBuilt { Fields: var fields } || fields.Height > height)
        {
            _second.Handle(in input, in context, effects); // anything but a late answer to the first engine
        }
    }

    private void Begin(in ConsensusInput input, in StepContext context, IEffects effects)
    {
        _records = (input as ConsensusInput.Started)?.Records ?? _records;
        if (input is ConsensusInput.ValidatorsNamed || (input is ConsensusInput.HeaderArrived arrived && arrived.Header.Height > height))
        {
            _early.Add(input);
        }
        else if (tree.Head.Height < height && input is not ConsensusInput.MessageArrived)
        {
            first.Handle(in input, in context, effects); // messages are the second engine's: peers that are further on repeat them
        }

        if (tree.Head.Height >= height && (input is ConsensusInput.Started or ConsensusInput.HeadChanged))
        {
            HandOver(in context, effects);
        }
    }

    private void HandOver(in StepContext context, IEffects effects)
    {
        BlockHeader handover = tree.Head.AncestorAt(height)!.Header;
        _second = createSecond(handover);
        rules.Use(handover, _second.Rules);
        ILookup<bool, ConsensusInput> early = _early.ToLookup(static each => each is ConsensusInput.ValidatorsNamed);
        foreach (ConsensusInput input in (ConsensusInput[])[.. early[true], new ConsensusInput.Started(tree.Head.Header, _records), .. early[false]])
        {
            _second.Handle(in input, in context, effects);
        }
    }
}
