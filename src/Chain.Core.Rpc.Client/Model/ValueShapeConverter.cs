using System.Text.Json;
using System.Text.Json.Serialization;
using Chain.Core.Ledger;

namespace Chain.Core.Rpc.Client;

/// <summary>Reads a shape. A kind that is not known here is some canonical value; anything else that does not fit is refused.</summary>
internal sealed class ValueShapeConverter : JsonConverter<ValueShape>
{
    private const int MaxBits = 64;

    public override ValueShape Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // How deep it may be nested, the parser of the answer has limited.
        using JsonDocument shape = JsonDocument.ParseValue(ref reader);
        return Read(shape.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, ValueShape value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Results are not written.");

    private static ValueShape Read(JsonElement shape) => Text(shape, "kind") switch
    {
        "uint" => new ValueShape.Integer(Count(shape, "bits") is var bits and > 0 and <= MaxBits ? bits : throw Wrong("bits")),
        "bool" => new ValueShape.Truth(),
        "hash" => new ValueShape.Hash(),
        "address" => new ValueShape.Address(),
        "height" => new ValueShape.Height(),
        "time" => new ValueShape.Time(),
        "bytes" => new ValueShape.Bytes(Count(shape, "max")),
        "text" => new ValueShape.Text(Count(shape, "max")),
        "tuple" => new ValueShape.Tuple([.. Member(shape, "fields", JsonValueKind.Array).EnumerateArray().Select(Field)]),
        "list" => new ValueShape.List(Read(Member(shape, "element", JsonValueKind.Object)), Count(shape, "max")),
        _ => new ValueShape.Opaque(),
    };

    private static ValueField Field(JsonElement field) => new(Text(field, "name"), Read(Member(field, "shape", JsonValueKind.Object)));

    private static string Text(JsonElement owner, string name)
    {
        try
        {
            return Member(owner, name, JsonValueKind.String).GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong(name); // half of a surrogate pair
        }
    }

    private static int Count(JsonElement owner, string name) =>
        Member(owner, name, JsonValueKind.Number).TryGetInt32(out int count) && count >= 0 ? count : throw Wrong(name);

    private static JsonElement Member(JsonElement owner, string name, JsonValueKind kind) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement member) && member.ValueKind == kind ? member : throw Wrong(name);

    private static JsonException Wrong(string name) => new($"A shape's '{name}' is not what was expected.");
}
