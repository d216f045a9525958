namespace Chain.Core.Cli.Lab.Cluster;

/// <summary>One run of the laboratory on one of the machines that work together.</summary>
internal interface IRunGrain : IGrainWithGuidKey
{
    /// <summary>Runs an engine of a scenario under a seed.</summary>
    /// <param name="version">The version of the one who asks: another one's results could not be compared.</param>
    /// <param name="scenario">As <c>ScenarioJson</c> writes it.</param>
    /// <param name="engine">Which of its engines, by its place.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The result, as <c>RunResultJson</c> writes it.</returns>
    Task<string> RunAsync(string version, string scenario, int engine, ulong seed);
}
