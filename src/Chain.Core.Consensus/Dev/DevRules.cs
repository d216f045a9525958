using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>The seal is the one agreed on, and time moves on. The longest chain is the heaviest.</summary>
internal sealed class DevRules(ReadOnlyMemory<byte> seal) : IHeaderRules
{
    // The end of the year 9999. The clock is not asked: a producer whose clock jumped must be able to go on.
    private const ulong LastTime = 253_402_300_799_999;

    public HeaderVerdict VerifyHeader(BlockHeader header, IAncestors ancestors, UnixTime now)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(ancestors);
        if (!header.Seal.Span.SequenceEqual(seal.Span))
        {
            return HeaderVerdict.InvalidSeal;
        }

        if (header.Time.Milliseconds > LastTime)
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
