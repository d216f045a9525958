using System.CommandLine;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Simulation;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Catalog;

/// <summary><c>chain lab list</c>: the scenarios, engines and networks that have names.</summary>
internal static class ListVerb
{
    public static Command Create(TextWriter output)
    {
        var command = new Command("list", "Lists the named scenarios, the engines with their options, and the networks.");
        command.SetAction(_ =>
        {
            output.WriteLine("scenarios");
            foreach (Scenario scenario in NamedScenarios.All)
            {
                output.WriteLine($"  {scenario.Name,-18} {scenario.Description}");
            }

            output.WriteLine("engines");
            foreach (ILaboratoryEngine engine in new EngineShelf().Engines)
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

            return 0;
        });
        return command;
    }
}
