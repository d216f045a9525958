namespace Chain.Core.Simulation;

/// <summary>A simulation found that something which must hold does not; the message names seed, time and event.</summary>
public sealed class SimulationException : Exception
{
    /// <summary>An unknown failure.</summary>
    public SimulationException()
    {
    }

    /// <summary>A failure with its description.</summary>
    public SimulationException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with its description and cause.</summary>
    public SimulationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
