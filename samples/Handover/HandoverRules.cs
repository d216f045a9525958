namespace Handover;

/// <summary>Each header is checked by the engine of its height; that of the second one depends on the block handed over.</summary>
internal sealed class HandoverRules(IHeaderRules first, IConsensusPlugin second, BlockHeight height) : IHeaderRules
{
    private (BlockId Block, IHeaderRules Rules)? _second;

    public HeaderVerdict VerifyHeader(BlockHeader header, IAncestors ancestors, UnixTime now) =>
        RulesAt(header.Height, ancestors)?.VerifyHeader(header, ancestors, now) ?? HeaderVerdict.InvalidSeal;

    public bool VerifyCertificate(BlockHeader block, ReadOnlyMemory<byte> certificate, ValidatorSet validators) =>
        KnownAt(block.Height)?.VerifyCertificate(block, certificate, validators) ?? false;

    public UInt256 Weight(BlockHeader header) => (KnownAt(header.Height) ?? first).Weight(header);

    public BlockActivity? ActivityBefore(BlockHeight of, IAncestors ancestors) => RulesAt(of, ancestors)?.ActivityBefore(of, ancestors);

    /// <summary>From now on, the rules of a running engine are asked.</summary>
    public void Use(BlockHeader handover, IHeaderRules rules) => _second = (handover.Id, rules);

    private IHeaderRules? KnownAt(BlockHeight at) => at <= height ? first : _second?.Rules;

    private IHeaderRules? RulesAt(BlockHeight at, IAncestors ancestors)
    {
        if (at <= height || !ancestors.TryGet(at.Value - height.Value, out BlockHeader? handover))
        {
            return at <= height ? first : null;
        }

        (BlockId Block, IHeaderRules Rules) rules = _second is { } known && known.Block == handover.Id ? known : (handover.Id, second.CreateRules(handover));
        _second ??= rules;
        return rules.Rules;
    }
}
