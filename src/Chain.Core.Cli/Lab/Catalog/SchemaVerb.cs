using System.CommandLine;
using System.Text.Json.Nodes;
using Chain.Core.App;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Catalog;

/// <summary><c>chain lab schema</c>: the JSON schema of scenario files.</summary>
internal static class SchemaVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("schema", "Prints the JSON schema of scenario files.");
        command.SetAction(parsed =>
        {
            string schema = ScenarioJson.Schema();
            scope.Answer(parsed, JsonNode.Parse(schema)!, output => output.WriteLine(schema));
            return 0;
        });
        return command;
    }
}
