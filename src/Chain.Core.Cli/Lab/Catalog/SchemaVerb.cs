using System.CommandLine;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Catalog;

/// <summary><c>chain lab schema</c>: the JSON schema of scenario files.</summary>
internal static class SchemaVerb
{
    public static Command Create(TextWriter output)
    {
        var command = new Command("schema", "Prints the JSON schema of scenario files.");
        command.SetAction(_ =>
        {
            output.WriteLine(ScenarioJson.Schema());
            return 0;
        });
        return command;
    }
}
