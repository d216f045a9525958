using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>A transaction of the load or of an attacker, as the user sees it whose node it was handed to.</summary>
internal sealed class TransactionRecord(Transaction transaction, int account, int home, Instant submitted)
{
    public Transaction Transaction { get; } = transaction;

    /// <summary>Who sent it.</summary>
    public int Account { get; } = account;

    /// <summary>The node that it was handed to, and that tells its user what became of it.</summary>
    public int Home { get; } = home;

    public Instant Submitted { get; } = submitted;

    /// <summary>Whether an attacker sent it: no figure counts it among those of users.</summary>
    public bool IsSpam { get; init; }

    /// <summary>When the head of its node's chain had it first.</summary>
    public Instant? Included { get; set; }

    /// <summary>When its node took the block with it for final.</summary>
    public Instant? Final { get; set; }
}
