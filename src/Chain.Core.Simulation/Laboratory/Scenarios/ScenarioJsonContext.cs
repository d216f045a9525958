using System.Text.Json.Serialization;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>How scenarios and manifests stand in JSON; generated, so that it works without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(DurationConverter)])]
[JsonSerializable(typeof(Scenario))]
[JsonSerializable(typeof(EngineChoice))]
[JsonSerializable(typeof(FaultPlan))]
[JsonSerializable(typeof(AdversaryPlan))]
[JsonSerializable(typeof(RunManifest))]
internal sealed partial class ScenarioJsonContext : JsonSerializerContext;
