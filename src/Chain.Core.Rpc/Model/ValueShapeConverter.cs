using System.Text.Json;
using Chain.Core.Ledger;

namespace Chain.Core.Rpc;

/// <summary>Writes a shape as an object whose kind says what else it has; a schema of it would contain itself.</summary>
internal sealed class ValueShapeConverter() : WireConverter<ValueShape>(ShapeSchema)
{
    private const string ShapeSchema =
        """{"type":"object","required":["kind"],"properties":{"kind":{"enum":["uint","bool","hash","address","height","time","bytes","text","tuple","list","opaque"]},"bits":{"type":"integer"},"max":{"type":"integer"},"fields":{"type":"array"},"element":{"type":"object"}}}""";

    public override void Write(Utf8JsonWriter writer, ValueShape value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", KindOf(value));
        switch (value)
        {
            case ValueShape.Integer integer:
                writer.WriteNumber("bits", integer.Bits);
                break;
            case ValueShape.Bytes bytes:
                writer.WriteNumber("max", bytes.MaxBytes);
                break;
            case ValueShape.Text text:
                writer.WriteNumber("max", text.MaxBytes);
                break;
            case ValueShape.List list:
                writer.WriteNumber("max", list.MaxCount);
                writer.WritePropertyName("element");
                Write(writer, list.Element, options);
                break;
            case ValueShape.Tuple tuple:
                WriteFields(writer, tuple, options);
                break;
        }

        writer.WriteEndObject();
    }

    private void WriteFields(Utf8JsonWriter writer, ValueShape.Tuple tuple, JsonSerializerOptions options)
    {
        writer.WriteStartArray("fields");
        foreach (ValueField field in tuple.Fields)
        {
            writer.WriteStartObject();
            writer.WriteString("name", field.Name);
            writer.WritePropertyName("shape");
            Write(writer, field.Shape, options);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string KindOf(ValueShape shape) => shape switch
    {
        ValueShape.Integer => "uint",
        ValueShape.Truth => "bool",
        ValueShape.Hash => "hash",
        ValueShape.Address => "address",
        ValueShape.Height => "height",
        ValueShape.Time => "time",
        ValueShape.Bytes => "bytes",
        ValueShape.Text => "text",
        ValueShape.Tuple => "tuple",
        ValueShape.List => "list",
        _ => "opaque",
    };
}
