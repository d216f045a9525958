using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Scenarios as JSON files. What a file does not say has its default; what no scenario has is an error.</summary>
public static class ScenarioJson
{
    /// <summary>Most characters of a file: a scenario is written by hand.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>Reads a scenario.</summary>
    /// <param name="json">The text.</param>
    /// <param name="scenario">The scenario, checked by <see cref="ScenarioCheck"/>.</param>
    /// <param name="problem">What is wrong, and where.</param>
    public static bool TryRead(string json, [NotNullWhen(true)] out Scenario? scenario, out string problem)
    {
        ArgumentNullException.ThrowIfNull(json);
        scenario = null;
        if (json.Length > MaxLength)
        {
            problem = $"a scenario has at most {MaxLength} characters";
            return false;
        }

        try
        {
            scenario = JsonSerializer.Deserialize(json, ScenarioJsonContext.Default.Scenario);
            problem = scenario is null ? "the scenario is null" : ScenarioCheck.FindProblem(scenario) ?? "";
        }
        catch (JsonException wrong)
        {
            problem = wrong.Message;
        }

        scenario = problem.Length == 0 ? scenario : null;
        return scenario is not null;
    }

    /// <summary>Writes a scenario.</summary>
    public static string Write(Scenario scenario) => JsonSerializer.Serialize(scenario, ScenarioJsonContext.Default.Scenario);

    /// <summary>The JSON schema of scenario files, for editors.</summary>
    public static string Schema()
    {
        JsonNode schema = ScenarioJsonContext.Default.Scenario.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = static (context, node) => context.TypeInfo.Type == typeof(TimeSpan)
                ? new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]+(\\.[0-9]+)?(us|ms|s|m|h)$" }
                : node,
        });
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        schema["title"] = "A scenario of the Chain.Core laboratory";
        return schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }
}
