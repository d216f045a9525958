namespace Chain.Core.Simulation.Laboratory;

/// <summary>Where runs happen other than in this process, such as machines that work together.</summary>
public interface IRunPlace
{
    /// <summary>How many runs may be handed out at a time.</summary>
    int Parallelism { get; }

    /// <summary>Runs an engine of a scenario under a seed. Wherever it happens, and however often, the result is the same.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="choice">One of its engines.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="cancelled">Ends it early.</param>
    /// <exception cref="ArgumentException">The scenario has a problem, or an engine that is not known there.</exception>
    /// <exception cref="FormatException">An option of the engine does not read.</exception>
    Task<RunResult> RunAsync(Scenario scenario, EngineChoice choice, ulong seed, CancellationToken cancelled);
}
