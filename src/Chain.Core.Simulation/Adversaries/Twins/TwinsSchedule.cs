namespace Chain.Core.Simulation;

/// <summary>Who leads the first views, and who hears whom in them. In later views everybody hears everybody.</summary>
/// <param name="Validators">How many validators there are.</param>
/// <param name="Twins">
/// How many of them, the first ones, run twice: node v below <paramref name="Validators"/> is validator v, and node
/// <paramref name="Validators"/> + v its twin.
/// </param>
/// <param name="Leaders">The leader of each view; the first view is at place 0.</param>
/// <param name="Groups">The group of each node in each view.</param>
public sealed record TwinsSchedule(int Validators, int Twins, IReadOnlyList<int> Leaders, IReadOnlyList<IReadOnlyList<int>> Groups)
{
    /// <summary>How many nodes there are, twins included.</summary>
    public int Nodes => Validators + Twins;

    /// <summary>Which validator a node is.</summary>
    public int ValidatorOf(int node) => node < Validators ? node : node - Validators;

    /// <summary>The leader of a view, counted from 1; one after the other behind the schedule.</summary>
    public int LeaderOf(ulong view) =>
        view - 1 < (ulong)Leaders.Count ? Leaders[(int)(view - 1)] : (int)(view % (ulong)Validators);

    /// <summary>Whether what is said of a view, counted from 1, passes between two nodes.</summary>
    public bool Passes(ulong view, int from, int to) =>
        view == 0 || view > (ulong)Groups.Count || Groups[(int)view - 1][from] == Groups[(int)view - 1][to];
}
