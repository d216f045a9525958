using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>
/// What is in memory of the last few states, for the machine that offloads jobs: they share what they have in common.
/// Serves one thread, as the machine does.
/// </summary>
/// <param name="capacity">How many states; positive.</param>
public sealed class ResidentStates(int capacity = 4)
{
    private readonly List<ResidentState> _newestLast = new(capacity);

    /// <summary>How many nodes of one state the jobs should leave in memory; see <see cref="ResidentState.Nodes"/>.</summary>
    /// <value>400,000 by default, about 60 MB.</value>
    public long MaxNodes { get; init; } = 400_000;

    /// <summary>What is in memory of the state with this root, or null.</summary>
    public ResidentState? Find(in Hash256 root)
    {
        foreach (ResidentState state in _newestLast)
        {
            if (state.Root == root)
            {
                return state;
            }
        }

        return null;
    }

    /// <summary>Keeps a state in place of the oldest one; null is passed over.</summary>
    public void Keep(ResidentState? state)
    {
        if (state is null)
        {
            return;
        }

        _newestLast.RemoveAll(older => older.Root == state.Root);
        if (_newestLast.Count == capacity)
        {
            _newestLast.RemoveAt(0);
        }

        _newestLast.Add(state);
    }
}
