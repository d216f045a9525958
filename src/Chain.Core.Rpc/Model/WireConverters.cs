using System.Text.Json;
using System.Text.Json.Serialization;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>Writes a type of the chain in its one spelling, and says which. Results are only ever written.</summary>
internal abstract class WireConverter<T>(string schema) : JsonConverter<T>, IHasSchema
{
    protected const string HashSchema = """{"type":"string","pattern":"^0x[0-9a-f]{64}$"}""";
    protected const string QuantitySchema = """{"type":"string","pattern":"^0x(0|[1-9a-f][0-9a-f]{0,15})$"}""";
    protected const string BytesSchema = """{"type":"string","pattern":"^0x([0-9a-f]{2})*$"}""";

    public string Schema { get; } = schema;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Results are not read.");

    private protected static void WriteHash(Utf8JsonWriter writer, in Hash256 hash) => Hex.WriteBytes(writer, Hash256.AsSpan(in hash));
}

/// <summary>Something that knows the JSON schema of what it writes.</summary>
internal interface IHasSchema
{
    string Schema { get; }
}

internal sealed class UInt64Converter() : WireConverter<ulong>(QuantitySchema)
{
    public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) => Hex.WriteQuantity(writer, value);
}

internal sealed class BlockHeightConverter() : WireConverter<BlockHeight>(QuantitySchema)
{
    public override void Write(Utf8JsonWriter writer, BlockHeight value, JsonSerializerOptions options) => Hex.WriteQuantity(writer, value.Value);
}

internal sealed class UnixTimeConverter() : WireConverter<UnixTime>(QuantitySchema)
{
    public override void Write(Utf8JsonWriter writer, UnixTime value, JsonSerializerOptions options) => Hex.WriteQuantity(writer, value.Milliseconds);
}

internal sealed class Hash256Converter() : WireConverter<Hash256>(HashSchema)
{
    public override void Write(Utf8JsonWriter writer, Hash256 value, JsonSerializerOptions options) => WriteHash(writer, in value);
}

internal sealed class BlockIdConverter() : WireConverter<BlockId>(HashSchema)
{
    public override void Write(Utf8JsonWriter writer, BlockId value, JsonSerializerOptions options) => WriteHash(writer, value.Value);
}

internal sealed class TransactionIdConverter() : WireConverter<TransactionId>(HashSchema)
{
    public override void Write(Utf8JsonWriter writer, TransactionId value, JsonSerializerOptions options) => WriteHash(writer, value.Value);
}

internal sealed class AccountAddressConverter() : WireConverter<AccountAddress>(HashSchema)
{
    public override void Write(Utf8JsonWriter writer, AccountAddress value, JsonSerializerOptions options) => WriteHash(writer, value.Value);
}

internal sealed class BytesConverter() : WireConverter<ReadOnlyMemory<byte>>(BytesSchema)
{
    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) => Hex.WriteBytes(writer, value.Span);
}
