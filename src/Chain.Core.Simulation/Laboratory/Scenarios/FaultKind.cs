namespace Chain.Core.Simulation.Laboratory;

/// <summary>What can go wrong in a scenario.</summary>
public enum FaultKind
{
    /// <summary>The struck nodes reach one another and nobody else.</summary>
    Partition,

    /// <summary>The struck nodes lose power, and start from their disks at the end.</summary>
    Crash,

    /// <summary>The struck nodes lose power and start again by turns, one after the other.</summary>
    Churn,

    /// <summary>
    /// The engines of the struck nodes say nothing: Byzantine silence. Of miners it is block withholding, and a step of the hash
    /// power down and up again.
    /// </summary>
    Silence,

    /// <summary>The wall clocks of the struck nodes are ahead, and so the timestamps of their blocks.</summary>
    ClockAhead,

    /// <summary>The wall clocks of the struck nodes are behind.</summary>
    ClockBehind,
}
