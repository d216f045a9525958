using System.CommandLine;
using System.Globalization;
using Chain.Core.App.Errors;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Run;

/// <summary><c>chain lab run</c>: runs a scenario with each of its engines and says what came out.</summary>
internal static class RunVerb
{
    public static Command Create(TextWriter output)
    {
        var command = new Command("run", "Runs a scenario with each engine and seed, prints a table and writes a report. Without options: proof of work against proof of stake.");
        var scenario = new ScenarioOptions();
        var folder = new Option<string>("--out", "-o") { Description = "where results go", DefaultValueFactory = static _ => "results" };
        var jobs = new Option<int>("--jobs", "-j") { Description = "runs at a time; changes nothing in the results", DefaultValueFactory = static _ => Environment.ProcessorCount };
        var noFiles = new Option<bool>("--no-files") { Description = "print the table only" };
        scenario.AddTo(command);
        command.Options.Add(folder);
        command.Options.Add(jobs);
        command.Options.Add(noFiles);
        command.SetAction(async (parsed, cancelled) =>
        {
            var shelf = new EngineShelf();
            Scenario asked = scenario.Read(parsed, shelf);
            Comparison comparison = await RunAsync(asked, shelf, parsed.GetValue(jobs), output, cancelled);
            ResultTable.Print(comparison, output);
            if (!parsed.GetValue(noFiles))
            {
                string written = ResultFolder.Write(comparison, shelf, parsed.GetValue(folder)!, DateTimeOffset.UtcNow);
                output.WriteLine($" → {written}{Path.DirectorySeparatorChar}{{report.html, summary.md, runs.csv, manifest.json}}");
            }

            return 0;
        });
        return command;
    }

    /// <summary>Runs a scenario with progress on the terminal.</summary>
    /// <exception cref="UsageException">An option of an engine does not read.</exception>
    public static async Task<Comparison> RunAsync(Scenario scenario, EngineShelf shelf, int jobs, TextWriter output, CancellationToken cancelled)
    {
        if (jobs < 1)
        {
            throw new UsageException(FaultCode.Value, string.Create(CultureInfo.InvariantCulture, $"--jobs: '{jobs}' is not a value that it takes"), "a whole number from 1");
        }

        var runner = new ScenarioRunner(shelf.Engines) { Parallelism = jobs };
        var progress = new ProgressLines(scenario, output);
        try
        {
            return await runner.RunAsync(scenario, progress.Tell, cancelled);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            throw new UsageException(FaultCode.Engine, wrong.Message);
        }
        finally
        {
            progress.End();
        }
    }
}
