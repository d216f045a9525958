using System.CommandLine;
using System.Text.Json.Nodes;
using Chain.Core.App;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Simulation;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Catalog;

/// <summary><c>chain lab list</c>: the scenarios, engines and networks that have names.</summary>
internal static class ListVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("list", "Lists the named scenarios, the engines with their options, and the networks.");
        command.SetAction(parsed =>
        {
            IReadOnlyList<ILaboratoryEngine> engines = [.. new EngineShelf().Engines];
            scope.Answer(parsed, Describe(engines), output => Print(engines, output));
            return 0;
        });
        return command;
    }

    private static JsonObject Describe(IReadOnlyList<ILaboratoryEngine> engines) => new()
    {
        ["scenarios"] = new JsonArray([.. NamedScenarios.All.Select(static scenario => new JsonObject
        {
            ["name"] = scenario.Name, ["description"] = scenario.Description,
        })]),
        ["engines"] = new JsonArray([.. engines.Select(static engine => new JsonObject
        {
            ["name"] = engine.Name,
            ["description"] = engine.Description,
            ["options"] = new JsonArray([.. engine.Options.Select(static option => new JsonObject
            {
                ["name"] = option.Name, ["meaning"] = option.Meaning, ["default"] = option.Default,
            })]),
        })]),
        ["networks"] = new JsonArray([.. PublishedLatencies.All.Select(static matrix => new JsonObject
        {
            ["name"] = matrix.Name, ["regions"] = new JsonArray([.. matrix.Regions.Select(static region => (JsonNode)region)]), ["source"] = matrix.Source,
        })]),
    };

    private static void Print(IReadOnlyList<ILaboratoryEngine> engines, TextWriter output)
    {
        output.WriteLine("scenarios");
        foreach (Scenario scenario in NamedScenarios.All)
        {
            output.WriteLine($"  {scenario.Name,-18} {scenario.Description}");
        }

        output.WriteLine("engines");
        foreach (ILaboratoryEngine engine in engines)
        {
            output.WriteLine($"  {engine.Name,-18} {engine.Description}");
            foreach (EngineOption option in engine.Options)
            {
                output.WriteLine($"    {option.Name,-16} {option.Meaning} (default {option.Default})");
            }
        }

        output.WriteLine("networks");
        foreach (LatencyMatrix matrix in PublishedLatencies.All)
        {
            output.WriteLine($"  {matrix.Name,-18} {string.Join(", ", matrix.Regions)}");
            output.WriteLine($"  {"",-18} {matrix.Source}");
        }
    }
}
