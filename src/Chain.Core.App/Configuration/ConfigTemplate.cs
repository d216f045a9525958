using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chain.Core.App.Configuration;

/// <summary>The first <c>config.json</c> of a node: what operators change most, with its defaults; all other keys have theirs.</summary>
internal static class ConfigTemplate
{
    private static readonly string[] Keys =
    [
        "P2P:Address", "P2P:Port", "P2P:Connect", "Producer:Mode", "Rpc:Address", "Rpc:Port", "Metrics:Address", "Metrics:Port", "Logging:Level",
    ];

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public static string Text()
    {
        var file = new JsonObject();
        foreach (ConfigKey key in Keys.Select(static path => ConfigKey.Find(path)!))
        {
            var section = (JsonObject)(file[key.Section] ??= new JsonObject());
            section[key.Property.Name] = ConfigSchema.ValueOf(key.Default);
        }

        return file.ToJsonString(Format) + "\n";
    }
}
