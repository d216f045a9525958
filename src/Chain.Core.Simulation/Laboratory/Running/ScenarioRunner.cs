namespace Chain.Core.Simulation.Laboratory;

/// <summary>Runs all engines and seeds of a scenario, several at a time. How many at a time changes nothing in the results.</summary>
public sealed class ScenarioRunner
{
    private readonly IReadOnlyDictionary<string, ILaboratoryEngine> _engines;

    /// <summary>A runner that knows these engines by their names.</summary>
    public ScenarioRunner(IEnumerable<ILaboratoryEngine> engines) => _engines = engines.ToDictionary(static engine => engine.Name, StringComparer.Ordinal);

    /// <summary>How many runs go on at a time.</summary>
    /// <value>As many as there are processors, by default.</value>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Runs the scenario.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="told">Told how far each run is, from any thread.</param>
    /// <param name="cancelled">Ends it early.</param>
    /// <exception cref="ArgumentException">The scenario has a problem, or an engine that is not known.</exception>
    /// <exception cref="FormatException">An option of an engine does not read.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public async Task<Comparison> RunAsync(Scenario scenario, Action<RunProgress>? told = null, CancellationToken cancelled = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        (EngineChoice Choice, ILaboratoryEngine Engine, ulong Seed)[] runs =
        [
            .. scenario.Seeds.SelectMany(seed => scenario.Engines.Select(choice => (choice, Find(choice.Name), seed))),
        ];
        var results = new RunResult[runs.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancelled };
        await Parallel.ForAsync(0, runs.Length, options, (index, token) =>
        {
            results[index] = ScenarioRun.Run(scenario, runs[index].Choice, runs[index].Engine, runs[index].Seed, told, cancelled: token);
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        return new Comparison(scenario, results);
    }

    private ILaboratoryEngine Find(string name) =>
        _engines.GetValueOrDefault(name) ?? throw new ArgumentException($"no engine is called '{name}'; there are {string.Join(", ", _engines.Keys)}", nameof(name));
}
