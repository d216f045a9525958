namespace Chain.Core.Simulation.Laboratory;

/// <summary>Every block of one run by time and height above the line of steady growth; those that did not stay are hollow.</summary>
internal static class ForkChart
{
    private const int MaxBlocks = 1500;

    public static string Draw(RunResult run, int series)
    {
        IReadOnlyList<(double Made, ulong Height, int Producer, bool IsOnChain)> blocks = run.Measures.Blocks;
        if (blocks.Count == 0)
        {
            return "";
        }

        int stride = int.Max(1, blocks.Count / MaxBlocks);
        ulong lowest = blocks.Min(static block => block.Height);
        var plot = new Plot(
            "Timeline of blocks and forks",
            Axis.Linear(blocks.Max(static block => block.Made)),
            "seconds since the load began",
            Axis.Linear(blocks.Max(static block => block.Height) - lowest + 1),
            "blocks since then",
            height: 240);
        foreach ((double made, ulong height, int producer, bool isOnChain) in blocks.Where((block, index) => index % stride == 0 || !block.IsOnChain))
        {
            plot.Dot(made, height - lowest, series, !isOnChain, FormattableString.Invariant($"#{height} by n{producer}, {made:0.0} s{(isOnChain ? "" : ", not on the chain")}"));
        }

        return plot.Finish();
    }
}
