using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chain.Core.App.Genesis;

/// <summary>How <c>genesis.json</c> is read and written: generated, so that a program can be trimmed and compiled ahead of time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    WriteIndented = true)]
[JsonSerializable(typeof(GenesisFile))]
internal sealed partial class GenesisJson : JsonSerializerContext;
