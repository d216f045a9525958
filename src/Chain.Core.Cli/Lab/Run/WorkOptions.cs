using System.CommandLine;
using System.Globalization;
using Chain.Core.App.Errors;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Run;

/// <summary>How many cores a verb takes. Nothing of it changes a result.</summary>
internal sealed class WorkOptions
{
    private const int MaxThreads = 256;

    private readonly Option<int> _parallel = new("--parallel", "--jobs", "-j")
    {
        Description = "runs at a time; changes nothing in the results",
        DefaultValueFactory = static _ => Environment.ProcessorCount,
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "threads that simulate the nodes of one run, for large ones; changes nothing in the results",
        DefaultValueFactory = static _ => 1,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_parallel);
        command.Options.Add(_threads);
    }

    /// <summary>A runner that takes as many.</summary>
    /// <exception cref="UsageException">A number is none that can be.</exception>
    public ScenarioRunner Read(ParseResult parsed, IEnumerable<ILaboratoryEngine> engines) => new(engines)
    {
        Parallelism = Number(parsed, _parallel, int.MaxValue),
        Threads = Number(parsed, _threads, MaxThreads),
    };

    private static int Number(ParseResult parsed, Option<int> option, int most)
    {
        int value = parsed.GetValue(option);
        return value >= 1 && value <= most
            ? value
            : throw new UsageException(
                FaultCode.Value,
                string.Create(CultureInfo.InvariantCulture, $"{option.Name}: '{value}' is not a value that it takes"),
                most == int.MaxValue ? "a whole number from 1" : string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {most}"));
    }
}
