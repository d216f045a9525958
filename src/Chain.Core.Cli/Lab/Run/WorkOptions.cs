using System.CommandLine;
using System.Globalization;
using System.Net;
using Chain.Core.App.Errors;
using Chain.Core.Cli.Lab.Cluster;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Run;

/// <summary>How many cores a verb takes, and of which machines. Nothing of it changes a result.</summary>
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

    private readonly Option<string?> _gather = new("--gather")
    {
        Description = "hands runs to workers that join here, such as 10.0.0.1:11111: see 'chain lab worker'; only in a network that you trust",
    };

    private readonly Option<int> _workers = new("--workers")
    {
        Description = "with --gather: begins when so many workers are there",
        DefaultValueFactory = static _ => 1,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_parallel);
        command.Options.Add(_threads);
        command.Options.Add(_gather);
        command.Options.Add(_workers);
    }

    /// <summary>A runner that takes as many.</summary>
    /// <exception cref="UsageException">A number or an address is none that can be.</exception>
    public async Task<LabWork> BeginAsync(ParseResult parsed, IEnumerable<ILaboratoryEngine> engines, TextWriter output, CancellationToken cancelled)
    {
        int parallelism = Number(parsed, _parallel, int.MaxValue);
        int threads = Number(parsed, _threads, MaxThreads);
        int workers = Number(parsed, _workers, int.MaxValue);
        return parsed.GetValue(_gather) is { } gather
            ? await LabWork.GatherAsync(place => new ScenarioRunner(engines) { Elsewhere = place }, Address("--gather", gather), workers, output, cancelled)
            : new LabWork(new ScenarioRunner(engines) { Parallelism = parallelism, Threads = threads });
    }

    /// <summary>An address with a port.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static IPEndPoint Address(string option, string text) => IPEndPoint.TryParse(text, out IPEndPoint? address) && address.Port != 0
        ? address
        : throw new UsageException(FaultCode.Value, $"{option}: '{text}' is not a value that it takes", "an address of this machine with a port, such as 10.0.0.1:11111");

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
