using System.Text.Json.Serialization;

namespace Chain.Core.App.Checkpoints;

/// <summary>How checkpoints are read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CheckpointFile))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
