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

    /// <summary>On how many threads the nodes of each run are simulated: see <see cref="SimulatorOptions.Threads"/>.</summary>
    /// <value>1 by default, as runs go on side by side.</value>
    public int Threads { get; init; } = 1;

    /// <summary>Where runs happen.</summary>
    /// <value>Null by default: in this process.</value>
    public IRunPlace? Elsewhere { get; init; }

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
        return (await RunAllAsync([scenario], told, cancelled).ConfigureAwait(false))[0];
    }

    /// <summary>Runs several scenarios, all their runs side by side, and gives the comparisons in the same order.</summary>
    /// <inheritdoc cref="RunAsync" path="/exception"/>
    public async Task<IReadOnlyList<Comparison>> RunAllAsync(
        IReadOnlyList<Scenario> scenarios, Action<RunProgress>? told = null, CancellationToken cancelled = default)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        (Scenario Scenario, EngineChoice Choice, ILaboratoryEngine Engine, ulong Seed)[] runs =
        [
            .. scenarios.SelectMany(scenario => scenario.Seeds.SelectMany(seed => scenario.Engines.Select(choice => (scenario, choice, Find(choice.Name), seed)))),
        ];
        var results = new RunResult[runs.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Elsewhere?.Parallelism ?? Parallelism, CancellationToken = cancelled };
        await Parallel.ForAsync(0, runs.Length, options, async (index, token) =>
        {
            (Scenario scenario, EngineChoice choice, ILaboratoryEngine engine, ulong seed) = runs[index];
            if (Elsewhere is null)
            {
                results[index] = ScenarioRun.Run(scenario, choice, engine, seed, told, Threads, token);
                return;
            }

            results[index] = await Elsewhere.RunAsync(scenario, choice, seed, token).ConfigureAwait(false);
            told?.Invoke(new RunProgress(scenario, choice, seed, 1, results[index].Events));
        }).ConfigureAwait(false);
        int done = 0;
        var comparisons = new List<Comparison>(scenarios.Count);
        foreach (Scenario scenario in scenarios)
        {
            int count = scenario.Seeds.Count * scenario.Engines.Count;
            comparisons.Add(new Comparison(scenario, results[done..(done + count)]));
            done += count;
        }

        return comparisons;
    }

    private ILaboratoryEngine Find(string name) =>
        _engines.GetValueOrDefault(name) ?? throw new ArgumentException($"no engine is called '{name}'; there are {string.Join(", ", _engines.Keys)}", nameof(name));
}
