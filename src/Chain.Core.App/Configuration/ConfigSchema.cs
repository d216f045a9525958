using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chain.Core.App.Configuration;

/// <summary>The JSON schema of <c>config.json</c>, for editors; generated from the classes of settings.</summary>
internal static class ConfigSchema
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text()
    {
        var sections = new JsonObject { ["$schema"] = new JsonObject { ["type"] = "string" } };
        foreach (IGrouping<string, ConfigKey> section in ConfigKey.All.GroupBy(static key => key.Section))
        {
            sections[section.Key] = Object(new JsonObject(section.Select(static key => KeyValuePair.Create(key.Property.Name, (JsonNode?)Describe(key)))));
        }

        JsonObject schema = Object(sections);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "The configuration of a Chain.Core node");
        return schema.ToJsonString(Format);
    }

    /// <summary>A value as JSON has it.</summary>
    public static JsonNode? ValueOf(object? value) => value switch
    {
        int number => JsonValue.Create(number),
        bool truth => JsonValue.Create(truth),
        string[] texts => new JsonArray([.. texts.Select(static text => (JsonNode?)text)]),
        _ => JsonValue.Create(value?.ToString()),
    };

    private static JsonObject Object(JsonObject properties) =>
        new() { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };

    private static JsonObject Describe(ConfigKey key)
    {
        Type type = key.Property.PropertyType;
        string change = key.TakesEffectAtOnce ? "A change takes effect at once." : "A change needs a restart.";
        var described = new JsonObject
        {
            ["description"] = $"{key.Description} {change}",
            ["type"] = type == typeof(int) ? "integer" : type == typeof(bool) ? "boolean" : key.IsList ? "array" : "string",
            ["default"] = ValueOf(key.Default),
        };
        if (key.IsList)
        {
            described["items"] = new JsonObject { ["type"] = "string" };
        }

        if (type.IsEnum)
        {
            described["enum"] = new JsonArray([.. Enum.GetNames(type).Select(static name => (JsonNode?)name)]);
        }

        if (key.Property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            described["minimum"] = (int)range.Minimum;
            described["maximum"] = (int)range.Maximum;
        }

        return described;
    }
}
