namespace Chain.Core.Ledger;

/// <summary>
/// The line in which stake comes or goes: so much at the end of each epoch. Who asks is told at once at the end of which
/// epoch it is his turn.
/// </summary>
/// <param name="Epoch">The epoch at whose end the last in the line has his turn.</param>
/// <param name="Used">How much has its turn then.</param>
internal sealed record ChurnQueue(ulong Epoch, ulong Used)
{
    public static ChurnQueue Empty { get; } = new(0, 0);

    /// <summary>The line with <paramref name="amount"/> more in it; what exceeds one epoch's limit waits for the last that it needs.</summary>
    /// <param name="amount">In the smallest unit.</param>
    /// <param name="now">The current epoch.</param>
    /// <param name="limit">How much has its turn at the end of an epoch, greater than 0.</param>
    public ChurnQueue Add(ulong amount, ulong now, ulong limit)
    {
        ChurnQueue line = Epoch < now ? new ChurnQueue(now, 0) : this;
        UInt128 waiting = (UInt128)line.Used + amount;
        if (waiting <= limit)
        {
            return line with { Used = (ulong)waiting };
        }

        UInt128 later = (waiting - 1) / limit;
        return new ChurnQueue(line.Epoch + (ulong)later, (ulong)(waiting - (later * limit)));
    }
}
