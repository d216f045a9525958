using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>The seal is the one agreed on, and time moves on. The longest chain is the heaviest.</summary>
internal sealed class DevRules(ReadOnlyMemory<byte> seal) : IHeaderRules
{
    public HeaderVerdict VerifyHeader(BlockHeader header, IAncestors ancestors, UnixTime now)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(ancestors);
        if (!header.Seal.Span.SequenceEqual(seal.Span))
        {
            return HeaderVerdict.InvalidSeal;
        }

        // The clock is not asked: a producer whose clock jumped, or was told to, must be able to go on.
        if (header.Time > DevCommand.LastTime)
        {
            return HeaderVerdict.TimeTooNew;
        }

        return ancestors.TryGet(1, out BlockHeader? parent) && header.Time <= parent.Time
            ? HeaderVerdict.TimeTooOld
            : HeaderVerdict.Valid;
    }

    public bool VerifyCertificate(BlockHeader block, ReadOnlyMemory<byte> certificate, ValidatorSet validators) => false;

    public UInt256 Weight(BlockHeader header) => UInt256.One;
}
