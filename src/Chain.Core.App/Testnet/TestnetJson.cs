using System.Text.Json.Serialization;

namespace Chain.Core.App.Testnet;

/// <summary>How <c>testnet.json</c> is read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(TestnetState))]
internal sealed partial class TestnetJson : JsonSerializerContext;
