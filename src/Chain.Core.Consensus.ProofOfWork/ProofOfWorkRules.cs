using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>The checks of proof of work: the target is the one due, the work meets it, the time is between its bounds.</summary>
internal sealed class ProofOfWorkRules : IHeaderRules
{
    private readonly ProofOfWorkOptions _options;
    private readonly IRetargetRule _retarget;

    internal ProofOfWorkRules(ProofOfWorkOptions options)
    {
        _options = options;
        long spacing = options.TargetSpacing.Ticks / TimeSpan.TicksPerMillisecond;
        _retarget = options.Retarget ?? new AsertRetarget(
            spacing,
            options.HalfLife is TimeSpan halfLife ? halfLife.Ticks / TimeSpan.TicksPerMillisecond : checked(60 * spacing),
            options.TargetLimit);
    }

    public bool IsPure => true;

    public HeaderVerdict VerifyHeader(BlockHeader header, IAncestors ancestors, UnixTime now)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(ancestors);
        if (!ProofOfWorkSeal.TryDecode(header.Seal, out ProofOfWorkSeal seal))
        {
            return HeaderVerdict.MalformedSeal;
        }

        if (!TryGetTargetAfter(ancestors, out CompactTarget due) || seal.Target != due || !due.TryExpand(out UInt256 target))
        {
            return HeaderVerdict.InvalidSeal;
        }

        if (header.Time <= MedianTime(ancestors))
        {
            return HeaderVerdict.TimeTooOld;
        }

        Span<byte> preimage = stackalloc byte[WorkPreimage.Size];
        WorkPreimage.Write(preimage, BlockHeader.UnsealedHash(header.Fields), seal);
        if (_options.Work.Evaluate(preimage) > target)
        {
            return HeaderVerdict.InvalidSeal;
        }

        // Last, because it is the only one that time heals.
        return header.Time > now.Plus(_options.FutureLimit) ? HeaderVerdict.TimeTooNew : HeaderVerdict.Valid;
    }

    public bool VerifyCertificate(BlockHeader block, ReadOnlyMemory<byte> certificate, ValidatorSet validators) => false;

    public UInt256 Weight(BlockHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return ProofOfWorkSeal.TryDecode(header.Seal, out ProofOfWorkSeal seal) && seal.Target.TryExpand(out UInt256 target)
            ? ChainWork.OfTarget(in target)
            : UInt256.Zero;
    }

    /// <summary>The target due to the next block; false where the parent is absent or its seal is malformed.</summary>
    internal bool TryGetTargetAfter(IAncestors ancestors, out CompactTarget target)
    {
        target = default;
        if (!HeaderWorkHistory.TryCreate(ancestors, out HeaderWorkHistory? history))
        {
            return false;
        }

        target = _retarget.NextTarget(history);
        return true;
    }

    /// <summary>The median of the times of the blocks before: of two in the middle, the later.</summary>
    internal UnixTime MedianTime(IAncestors ancestors)
    {
        Span<ulong> times = stackalloc ulong[_options.MedianTimeBlocks];
        int count = 0;
        while (count < times.Length && ancestors.TryGet((ulong)count + 1, out BlockHeader? ancestor))
        {
            times[count++] = ancestor.Time.Milliseconds;
        }

        times[..count].Sort();
        return count == 0 ? default : new UnixTime(times[count / 2]);
    }
}
