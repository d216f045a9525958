using System.CommandLine;
using System.Text.Json.Nodes;
using Chain.Core.App;
using Chain.Core.App.Errors;
using Chain.Core.Cli.Lab.Cluster;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Run;

/// <summary><c>chain lab run</c>: runs a scenario with each of its engines and says what came out.</summary>
internal static class RunVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("run", "Runs a scenario with each engine and seed, prints a table and writes a report. Without options: proof of work against proof of stake.");
        var scenario = new ScenarioOptions(NamedScenarios.Default);
        var folder = new Option<string>("--out", "-o") { Description = "where results go", DefaultValueFactory = static _ => "results" };
        var work = new WorkOptions();
        var noFiles = new Option<bool>("--no-files") { Description = "print the table only" };
        scenario.AddTo(command);
        command.Options.Add(folder);
        work.AddTo(command);
        command.Options.Add(noFiles);
        command.SetAction(async (parsed, cancelled) =>
        {
            var shelf = new EngineShelf();
            Scenario asked = scenario.Read(parsed, shelf);
            TextWriter notes = scope.NotesOf(parsed);
            await using LabWork begun = await work.BeginAsync(parsed, shelf.Engines, notes, cancelled);
            Comparison comparison = await RunAsync(asked, begun.Runner, notes, cancelled);
            DateTimeOffset made = DateTimeOffset.UtcNow;
            string? written = parsed.GetValue(noFiles) ? null : ResultFolder.Write(comparison, shelf, parsed.GetValue(folder)!, made);
            scope.Answer(
                parsed,
                new JsonObject
                {
                    ["folder"] = written,
                    ["manifest"] = JsonNode.Parse(ManifestJson.Write(ManifestJson.Create(comparison, made, shelf.Assemblies))),
                },
                output =>
                {
                    ResultTable.Print(comparison, output);
                    if (written is not null)
                    {
                        output.WriteLine($" → {written}{Path.DirectorySeparatorChar}{{report.html, summary.md, runs.csv, latency.svg, manifest.json}}");
                    }
                });
            return 0;
        });
        return command;
    }

    /// <summary>Runs a scenario with progress on the terminal.</summary>
    /// <exception cref="UsageException">An option of an engine does not read.</exception>
    public static async Task<Comparison> RunAsync(Scenario scenario, ScenarioRunner runner, TextWriter output, CancellationToken cancelled)
    {
        return (await RunAsync([scenario], runner, output, cancelled))[0];
    }

    /// <summary>Runs several scenarios with the same engines and seeds, with progress on the terminal.</summary>
    /// <inheritdoc cref="RunAsync(Scenario, ScenarioRunner, TextWriter, CancellationToken)" path="/exception"/>
    public static async Task<IReadOnlyList<Comparison>> RunAsync(
        IReadOnlyList<Scenario> scenarios, ScenarioRunner runner, TextWriter output, CancellationToken cancelled)
    {
        var progress = new ProgressLines(scenarios, output);
        try
        {
            return await runner.RunAllAsync(scenarios, progress.Tell, cancelled);
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
