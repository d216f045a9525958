using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Durations in JSON are texts such as <c>"30s"</c>.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Durations.TryParse(reader.GetString(), out TimeSpan duration)
            ? duration
            : throw new JsonException("expected a duration such as \"30s\" or \"250ms\"");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Durations.Format(value));
}
