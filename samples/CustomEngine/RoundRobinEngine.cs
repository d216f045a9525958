using Chain.Core.Consensus;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace CustomEngine;

/// <summary>Follows the longest chain, and seals on it when its slot comes.</summary>
internal sealed class RoundRobinEngine(RoundRobinRules rules, IBlockTree tree, EngineOptions node) : IConsensusEngine
{
    private static readonly TimerKey SlotTimer = new(1);

    private readonly HeaviestChain _chain = new(tree);
    private ulong _proposal;

    public IHeaderRules Rules => rules;

    public void Handle(in ConsensusInput input, in StepContext context, IEffects effects)
    {
        switch (input)
        {
            case ConsensusInput.Started:
                _chain.OnStarted(effects);
                WaitForNextSlot(in context, effects);
                break;
            case ConsensusInput.HeaderArrived arrived:
                _chain.OnHeaderArrived(arrived.Header, effects);
                break;
            case ConsensusInput.BlockJudged judged:
                _chain.OnBlockJudged(judged.Block, judged.Verdict, effects);
                break;
            case ConsensusInput.TimerFired:
                OnSlot(context.WallClock, effects);
                WaitForNextSlot(in context, effects);
                break;
            case ConsensusInput.ProposalBuilt built when built.Proposal == _proposal:
                // Signing never twice in a slot is the host's promise: the slot is the mark.
                effects.Emit(new ConsensusOutput.Sign(_proposal, built.Fields.Time.Milliseconds, 1, BlockHeader.UnsealedHash(built.Fields)));
                break;
            case ConsensusInput.Signed signed when signed.Intent == _proposal:
                effects.Emit(new ConsensusOutput.Seal(_proposal, signed.Signature));
                break;
            case ConsensusInput.MessageArrived message:
                effects.Emit(new ConsensusOutput.ReportPeer(message.From, "this engine has no messages"));
                break;
        }
    }

    private void OnSlot(UnixTime now, IEffects effects)
    {
        var time = new UnixTime(now.Milliseconds / rules.SlotMilliseconds * rules.SlotMilliseconds);
        if (node.ProducesBlocks && rules.OwnerOf(time).Equals(node.Signer) && tree.Head.Header.Time < time)
        {
            effects.Emit(new ConsensusOutput.RequestProposal(++_proposal, tree.Head.Id, time));
        }
    }

    private void WaitForNextSlot(in StepContext context, IEffects effects)
    {
        ulong wait = rules.SlotMilliseconds - (context.WallClock.Milliseconds % rules.SlotMilliseconds);
        effects.SetTimer(SlotTimer, context.Now + TimeSpan.FromMilliseconds((long)wait));
    }
}
