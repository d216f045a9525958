namespace Chain.Core.Simulation.Laboratory;

/// <summary>The transactions that users send: transfers between accounts, at times of a Poisson process.</summary>
public sealed record LoadPlan
{
    /// <summary>Transactions a second, of all users together.</summary>
    /// <value>50 by default; from 0 to 100,000.</value>
    public double Rate { get; init; } = 50;

    /// <summary>The size to which transactions are filled up.</summary>
    /// <value>In bytes; 0 by default, for plain transfers (about 190 bytes); at most 49,000, as arguments of a call have limits.</value>
    public int Size { get; init; }

    /// <summary>The fee of each transaction. Blocks take those first that pay most for a byte.</summary>
    /// <value>1 by default, the least; at most 1,000.</value>
    public int Fee { get; init; } = 1;

    /// <summary>How many accounts send.</summary>
    /// <value>0 by default, for as many as the rate needs; at most 60,000.</value>
    public int Accounts { get; init; }

    /// <summary>How many of a hundred transfers pay one and the same account.</summary>
    /// <value>0 by default; at most 100.</value>
    public int HotPercent { get; init; }
}
