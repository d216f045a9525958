using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>Reads a type of the chain in its one spelling. Parameters are written elsewhere.</summary>
internal abstract class HexConverter<T> : JsonConverter<T>
{
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Results are not written.");

    private protected static ulong ReadQuantity(ref Utf8JsonReader reader)
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text is not null
            && text.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw new JsonException("A quantity was expected.");
    }

    private protected static Hash256 ReadHash(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && Hash256.TryParse(reader.GetString(), out Hash256 hash)
            ? hash
            : throw new JsonException("32 bytes were expected.");

    private protected static byte[] ReadBytes(ref Utf8JsonReader reader)
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        if (text is null || !text.StartsWith("0x", StringComparison.Ordinal) || text.Length % 2 != 0)
        {
            throw new JsonException("Bytes were expected.");
        }

        var bytes = new byte[(text.Length - 2) / 2];
        return Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) == OperationStatus.Done
            ? bytes
            : throw new JsonException("Bytes were expected.");
    }
}

internal sealed class UInt64Converter : HexConverter<ulong>
{
    public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadQuantity(ref reader);
}

internal sealed class BlockHeightConverter : HexConverter<BlockHeight>
{
    public override BlockHeight Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(ReadQuantity(ref reader));
}

internal sealed class UnixTimeConverter : HexConverter<UnixTime>
{
    public override UnixTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(ReadQuantity(ref reader));
}

internal sealed class Hash256Converter : HexConverter<Hash256>
{
    public override Hash256 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadHash(ref reader);
}

internal sealed class BlockIdConverter : HexConverter<BlockId>
{
    public override BlockId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(ReadHash(ref reader));
}

internal sealed class TransactionIdConverter : HexConverter<TransactionId>
{
    public override TransactionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(ReadHash(ref reader));
}

internal sealed class AccountAddressConverter : HexConverter<AccountAddress>
{
    public override AccountAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(ReadHash(ref reader));
}

internal sealed class BytesConverter : HexConverter<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadBytes(ref reader);
}
