using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>
/// Follows a chain of Bitcoin headers under Bitcoin's rules: parent, retargeting, work, median time past. It keeps one
/// retarget period in memory, however long the chain is.
/// </summary>
/// <remarks>
/// Started in the middle of a period, it cannot know the target of the next one; there, and only there, it accepts any
/// that the rule could give, as Bitcoin Core does while it syncs headers.
/// </remarks>
public sealed class BitcoinHeaderChain
{
    private const int MedianBlocks = 11;

    private readonly BitcoinParameters _parameters;
    private readonly Bitcoin2016Retarget _retarget;
    private readonly WorkPoint[] _recent; // by height modulo its length
    private readonly ulong _start;

    /// <summary>Starts after a header that is taken as given: genesis, or a checkpoint.</summary>
    /// <param name="parameters">The network.</param>
    /// <param name="first">The header.</param>
    /// <param name="height">Its height.</param>
    /// <param name="work">The work of the chain up to and with it; that of the header alone where null.</param>
    /// <exception cref="ArgumentException">A parameter of the network is out of range, or the target of the header is none.</exception>
    public BitcoinHeaderChain(BitcoinParameters parameters, BitcoinHeader first, ulong height = 0, UInt256? work = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!first.Target.TryExpand(out UInt256 target))
        {
            throw new ArgumentException($"{first.Target} is no target.", nameof(first));
        }

        _parameters = parameters;
        _retarget = new Bitcoin2016Retarget(parameters.Spacing, parameters.TargetLimit, parameters.Interval);
        _recent = new WorkPoint[int.Max(parameters.Interval, MedianBlocks)];
        _start = height;
        Height = height;
        Keep(in first);
        Work = work ?? ChainWork.OfTarget(in target);
    }

    /// <summary>The newest header.</summary>
    public BitcoinHeader Tip { get; private set; }

    /// <summary>The hash of the newest header.</summary>
    public Hash256 TipHash { get; private set; }

    /// <summary>The height of the newest header.</summary>
    public ulong Height { get; private set; }

    /// <summary>The work of the chain up to and with the newest header.</summary>
    public UInt256 Work { get; private set; }

    /// <summary>The target of the next header; that of the newest where the period began before the start.</summary>
    public CompactTarget NextTarget => _retarget.NextTarget(new Recent(this));

    private bool KnowsNextTarget =>
        (Height + 1) % (ulong)_parameters.Interval != 0 || Height + 1 - (ulong)_parameters.Interval >= _start;

    /// <summary>Takes the next header if it is valid.</summary>
    /// <param name="header">The header.</param>
    /// <param name="latest">The latest time that it may have, in seconds since 1970: two hours from now for Bitcoin.</param>
    public BitcoinVerdict TryAppend(in BitcoinHeader header, uint latest = uint.MaxValue)
    {
        if (header.Parent != TipHash)
        {
            return BitcoinVerdict.WrongParent;
        }

        if (KnowsNextTarget ? header.Target != NextTarget : !CanFollow(header.Target))
        {
            return BitcoinVerdict.WrongTarget;
        }

        Hash256 hash = header.Hash;
        if (!header.Target.TryExpand(out UInt256 target) || UInt256.FromLittleEndian(in hash) > target)
        {
            return BitcoinVerdict.NoWork;
        }

        if (header.Time <= MedianTime())
        {
            return BitcoinVerdict.TimeTooOld;
        }

        if (header.Time > latest)
        {
            return BitcoinVerdict.TimeTooNew;
        }

        Height++;
        Keep(in header);
        Work = UInt256.AddSaturating(Work, ChainWork.OfTarget(in target));
        return BitcoinVerdict.Valid;
    }

    /// <summary>Whether some time of the period before leads to this target.</summary>
    private bool CanFollow(CompactTarget target)
    {
        CompactTarget hardest = _retarget.Scale(Tip.Target, long.MinValue);
        CompactTarget easiest = _retarget.Scale(Tip.Target, long.MaxValue);
        return target.TryExpand(out UInt256 value)
            && CompactTarget.FromTarget(in value) == target
            && hardest.TryExpand(out UInt256 least)
            && easiest.TryExpand(out UInt256 most)
            && value >= least
            && value <= most;
    }

    private long MedianTime()
    {
        Span<long> times = stackalloc long[MedianBlocks];
        int count = 0;
        while (count < MedianBlocks && TryGetRecent(Height - (ulong)count, out WorkPoint point))
        {
            times[count++] = point.Time;
            if (point.Height == 0)
            {
                break;
            }
        }

        times[..count].Sort();
        return times[count / 2];
    }

    private void Keep(in BitcoinHeader header)
    {
        Tip = header;
        TipHash = header.Hash;
        _recent[Height % (ulong)_recent.Length] = new WorkPoint(Height, header.Time, header.Target);
    }

    private bool TryGetRecent(ulong height, out WorkPoint point)
    {
        point = _recent[height % (ulong)_recent.Length];
        return height >= _start && height <= Height && point.Height == height;
    }

    private sealed class Recent(BitcoinHeaderChain chain) : IWorkHistory
    {
        public WorkPoint Parent => chain._recent[chain.Height % (ulong)chain._recent.Length];

        public bool TryGet(ulong height, out WorkPoint point) => chain.TryGetRecent(height, out point);
    }
}
