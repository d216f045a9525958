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
            scenario = Parse(json) is { } given ? Read(given) : null;
            problem = scenario is null ? "the scenario is null" : ScenarioCheck.FindProblem(scenario) ?? "";
        }
        catch (JsonException wrong)
        {
            problem = wrong.Message;
        }

        scenario = problem.Length == 0 ? scenario : null;
        return scenario is not null;
    }

    /// <summary>The scenario of a JSON value whose missing members have their defaults.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    internal static Scenario? Read(JsonNode given)
    {
        JsonNode whole = Complete(given, JsonSerializer.SerializeToNode(new Scenario(), ScenarioJsonContext.Default.Scenario)!);
        if (whole is JsonObject { } scenario)
        {
            CompleteElements(scenario["engines"], JsonSerializer.SerializeToNode(new EngineChoice(""), ScenarioJsonContext.Default.EngineChoice)!.AsObject(), "name");
            CompleteElements(scenario["faults"], JsonSerializer.SerializeToNode(new FaultPlan(), ScenarioJsonContext.Default.FaultPlan)!.AsObject());
            CompleteElements(scenario["adversaries"], JsonSerializer.SerializeToNode(new AdversaryPlan(), ScenarioJsonContext.Default.AdversaryPlan)!.AsObject());
        }

        return whole.Deserialize(ScenarioJsonContext.Default.Scenario);
    }

    /// <summary>A JSON value in which no member stands twice; null for <c>null</c>.</summary>
    /// <exception cref="JsonException">It does not parse.</exception>
    internal static JsonNode? Parse(string json) =>
        JsonNode.Parse(json, null, new JsonDocumentOptions { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip });

    /// <summary>
    /// Puts the defaults where a value says nothing: the generated reader would put zeros and nulls there, because it sets
    /// every member that can only be set at creation.
    /// </summary>
    private static JsonNode Complete(JsonNode given, JsonNode defaults)
    {
        if (given is JsonObject members && defaults is JsonObject known)
        {
            foreach ((string name, JsonNode? value) in known)
            {
                if (!members.ContainsKey(name))
                {
                    members[name] = value?.DeepClone();
                }
                else if (members[name] is JsonObject inner && value is JsonObject && name != "options")
                {
                    Complete(inner, value);
                }
            }
        }

        return given;
    }

    private static void CompleteElements(JsonNode? list, JsonObject defaults, string? required = null)
    {
        if (required is not null)
        {
            defaults.Remove(required);
        }

        foreach (JsonNode? element in list as JsonArray ?? [])
        {
            if (element is JsonObject)
            {
                Complete(element, defaults);
            }
        }
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
