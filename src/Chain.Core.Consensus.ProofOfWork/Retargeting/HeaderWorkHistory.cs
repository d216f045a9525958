using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>Our own headers as a retarget rule sees them.</summary>
internal sealed class HeaderWorkHistory : IWorkHistory
{
    private readonly IAncestors _ancestors;

    private HeaderWorkHistory(IAncestors ancestors, WorkPoint parent)
    {
        _ancestors = ancestors;
        Parent = parent;
    }

    public WorkPoint Parent { get; }

    public static bool TryCreate(IAncestors ancestors, [NotNullWhen(true)] out HeaderWorkHistory? history)
    {
        history = ancestors.TryGet(1, out BlockHeader? parent) && TryRead(parent, out WorkPoint point)
            ? new HeaderWorkHistory(ancestors, point)
            : null;
        return history is not null;
    }

    public bool TryGet(ulong height, out WorkPoint point)
    {
        point = default;
        return height <= Parent.Height
            && _ancestors.TryGet(Parent.Height - height + 1, out BlockHeader? header)
            && TryRead(header, out point);
    }

    private static bool TryRead(BlockHeader header, out WorkPoint point)
    {
        // Times of blocks in a tree are not far above the clock; one that does not fit is as good as the greatest.
        var time = (long)ulong.Min(header.Time.Milliseconds, long.MaxValue);
        bool read = ProofOfWorkSeal.TryDecode(header.Seal, out ProofOfWorkSeal seal);
        point = new WorkPoint(header.Height.Value, time, seal.Target);
        return read;
    }
}
