namespace Chain.Core.Testing;

/// <summary>What a machine holds over time: all of it, and without a part that must grow.</summary>
/// <param name="warmUp">Hours after which what is bounded has reached its bounds; earlier measurements do not count.</param>
/// <param name="leftOut">Types of what is not the machine's: see <see cref="ReachableMemory"/>.</param>
public sealed class HeldMemory(double warmUp, params Type[] leftOut)
{
    private readonly List<(double Hours, long All, long Beside)> _taken = [];
    private ReachableMemory? _first;
    private ReachableMemory? _last;

    /// <summary>How much all of it grows, in bytes an hour.</summary>
    public double Slope => Testing.Slope.Of([.. _taken.Select(static each => (each.Hours, (double)each.All))]);

    /// <summary>How much it grows without what must grow, in bytes an hour.</summary>
    public double SlopeBeside => Testing.Slope.Of([.. _taken.Select(static each => (each.Hours, (double)each.Beside))]);

    /// <summary>Measures a machine.</summary>
    /// <param name="hours">When.</param>
    /// <param name="mustGrow">The part that must grow; what the machine reaches through other parts too counts for this one.</param>
    /// <param name="machine">All of it.</param>
    public void Take(double hours, object mustGrow, object machine)
    {
        if (hours < warmUp)
        {
            return;
        }

        var memory = new ReachableMemory(leftOut);
        long growing = memory.Add(mustGrow).Bytes;
        long all = memory.Add(machine).Bytes;
        _taken.Add((hours, all, all - growing));
        _first ??= memory;
        _last = memory;
    }

    /// <summary>The figures and the types that grew most.</summary>
    public override string ToString() =>
        $"{_taken.Count} measurements, from {_taken[0].All:N0} to {_taken[^1].All:N0} bytes, {Slope:N0} bytes an hour; the rest from {_taken[0].Beside:N0} to {_taken[^1].Beside:N0}, {SlopeBeside:N0} bytes an hour\n{_last!.GrowthSince(_first!)}";
}
