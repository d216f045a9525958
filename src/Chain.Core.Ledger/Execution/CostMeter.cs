namespace Chain.Core.Ledger;

/// <summary>Counts what a transaction costs and stops it at its limit.</summary>
internal sealed class CostMeter(ulong limit)
{
    private ulong _limit = limit;

    /// <summary>So far, at most the limit.</summary>
    public ulong Used { get; private set; }

    /// <summary>Whether the limit was hit, whatever the call did about it.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>Begins again.</summary>
    public void Reset(ulong limit)
    {
        _limit = limit;
        Used = 0;
        IsExceeded = false;
    }

    /// <exception cref="CostExceededException">The limit is reached; the call must end.</exception>
    public void Charge(ulong cost)
    {
        if (cost > _limit - Used)
        {
            IsExceeded = true;
            Used = _limit;
            throw new CostExceededException();
        }

        Used += cost;
    }
}
