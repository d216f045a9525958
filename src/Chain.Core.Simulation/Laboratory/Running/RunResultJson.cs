using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Results of runs as JSON, with everything that was measured: how a result comes back from another process.</summary>
public static class RunResultJson
{
    /// <summary>Writes a result.</summary>
    public static string Write(RunResult result) => JsonSerializer.Serialize(result, RunResultJsonContext.Default.RunResult);

    /// <summary>Reads a result.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static RunResult Read(string json) =>
        JsonSerializer.Deserialize(json, RunResultJsonContext.Default.RunResult) ?? throw new JsonException("The result of a run is null.");
}

/// <summary>Generated, so that it works without reflection; tuples are fields.</summary>
[JsonSourceGenerationOptions(IncludeFields = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RunResult))]
internal sealed partial class RunResultJsonContext : JsonSerializerContext;
