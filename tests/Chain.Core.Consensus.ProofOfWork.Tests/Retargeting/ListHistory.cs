namespace Chain.Core.Consensus.ProofOfWork.Tests;

/// <summary>A chain that is nothing but heights, times and targets.</summary>
internal sealed class ListHistory(long spacing, long firstTime) : IWorkHistory
{
    private readonly List<WorkPoint> _points = [];

    public WorkPoint Parent => _points[^1];

    public int Count => _points.Count;

    public bool TryGet(ulong height, out WorkPoint point)
    {
        bool isThere = height < (ulong)_points.Count;
        point = isThere ? _points[(int)height] : default;
        return isThere;
    }

    public void Add(long time, uint bits) => _points.Add(new WorkPoint((ulong)_points.Count, time, new CompactTarget(bits)));

    /// <summary>Blocks at the right time.</summary>
    public ListHistory Steady(int count, uint bits)
    {
        for (int i = 0; i < count; i++)
        {
            Add(_points.Count == 0 ? firstTime : Parent.Time + spacing, bits);
        }

        return this;
    }
}
