using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace My_Turns;

/// <summary>Follows the longest chain; in its own turns it asks for a block, has it signed and seals it.</summary>
internal sealed class My_TurnsEngine(My_TurnsRules rules, IBlockTree tree, EngineOptions options) : IConsensusEngine
{
    private const byte SealPurpose = 1;

    private static readonly TimerKey NextSlot = new(1);

    private readonly HeaviestChain _chain = new(tree);
    private ulong _slot;

    public IHeaderRules Rules => rules;

    // One input, one step: no clock, task or lock. What the engine wants, it asks of its host by effects.
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
            case ConsensusInput.TimerFired fired when fired.Key == NextSlot:
                OnSlot(in context, effects);
                break;
            case ConsensusInput.ProposalBuilt built when built.Proposal == _slot:
                // The host signs one block of a slot, and no other ever, even after a restart.
                Hash256 unsealed = BlockHeader.UnsealedHash(built.Fields);
                effects.Emit(new ConsensusOutput.Sign(Intent: _slot, Watermark: _slot, SealPurpose, unsealed));
                break;
            case ConsensusInput.Signed signed when signed.Intent == _slot:
                effects.Emit(new ConsensusOutput.Seal(_slot, signed.Signature));
                break;
            case ConsensusInput.MessageArrived message:
                effects.Emit(new ConsensusOutput.ReportPeer(message.From, "this engine has no messages"));
                break;
        }
    }

    private void OnSlot(in StepContext context, IEffects effects)
    {
        ulong slot = rules.SlotOf(context.WallClock);
        if (options.ProducesBlocks && slot > rules.SlotOf(tree.Head.Header.Time) && rules.AuthorityOf(slot) == options.Signer)
        {
            _slot = slot;
            effects.Emit(new ConsensusOutput.RequestProposal(slot, tree.Head.Id, context.WallClock));
        }

        WaitForNextSlot(in context, effects);
    }

    private void WaitForNextSlot(in StepContext context, IEffects effects)
    {
        ulong start = rules.StartOf(rules.SlotOf(context.WallClock) + 1).Milliseconds;
        var wait = (long)(start - context.WallClock.Milliseconds);
        effects.SetTimer(NextSlot, context.Now + TimeSpan.FromTicks(wait * TimeSpan.TicksPerMillisecond));
    }
}
