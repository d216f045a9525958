using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Handover;

/// <summary>Each header is checked by the engine of its height; that of the second one depends on the block handed over.</summary>
internal sealed class HandoverRules(IHeaderRules first, IConsensusPlugin second, BlockHeight height) : IHeaderRules
{
    private (BlockId Block, IHeaderRules Rules)? _second;

    public HeaderVerdict VerifyHeader(BlockHeader header, IAncestors ancestors, UnixTime now) =>
        header.Height <= height ? first.VerifyHeader(header, ancestors, now)
        : !ancestors.TryGet(header.Height.Value - height.Value, out BlockHeader? handover) ? HeaderVerdict.InvalidSeal
        : SecondFor(handover).VerifyHeader(header, ancestors, now);

    public bool VerifyCertificate(BlockHeader block, ReadOnlyMemory<byte> certificate, ValidatorSet validators) =>
        block.Height <= height
            ? first.VerifyCertificate(block, certificate, validators)
            : _second is { } known && known.Rules.VerifyCertificate(block, certificate, validators);

    public UInt256 Weight(BlockHeader header) =>
        header.Height > height && _second is { } known ? known.Rules.Weight(header) : first.Weight(header);

    public BlockActivity? ActivityBefore(BlockHeight of, IAncestors ancestors) =>
        of <= height ? first.ActivityBefore(of, ancestors)
        : ancestors.TryGet(of.Value - height.Value, out BlockHeader? handover) ? SecondFor(handover).ActivityBefore(of, ancestors)
        : null;

    /// <summary>From now on, the rules of a running engine are asked.</summary>
    public void Use(BlockHeader handover, IHeaderRules rules) => _second = (handover.Id, rules);

    private IHeaderRules SecondFor(BlockHeader handover)
    {
        if (_second is not { } known || known.Block != handover.Id)
        {
            known = (handover.Id, second.CreateRules(handover));
            _second ??= known;
        }

        return known.Rules;
    }
}
