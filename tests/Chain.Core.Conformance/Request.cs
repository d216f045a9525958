using System.Buffers;
using System.Text.Json;
using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>The fields of one request.</summary>
internal readonly struct Request(JsonElement fields)
{
    /// <summary>Whether the field is there and not null.</summary>
    public bool Has(string name) => fields.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    public bool IsText(string name) => Of(name).ValueKind == JsonValueKind.String;

    public string Text(string name) => Of(name, JsonValueKind.String).GetString()!;

    public ulong Number(string name) => Of(name, JsonValueKind.Number).TryGetUInt64(out ulong value)
        ? value
        : throw new InvalidRequestException($"{name} is no whole number from 0 to 2^64 - 1");

    public int Int32(string name) => Number(name) is <= int.MaxValue and var value
        ? (int)value
        : throw new InvalidRequestException($"{name} is too large");

    /// <summary>The bytes of a field of hexadecimal digits.</summary>
    public byte[] Bytes(string name) => HexOf(Of(name, JsonValueKind.String), name);

    /// <summary>The bytes of a field that may be absent.</summary>
    public byte[] BytesOrEmpty(string name) => Has(name) ? Bytes(name) : [];

    /// <summary>The bytes, or null where the text is no hexadecimal digits: to verify such bytes is to find them wrong.</summary>
    public byte[]? BytesToVerify(string name) => TryHex(Of(name, JsonValueKind.String).GetString()!);

    /// <summary>A list of byte strings.</summary>
    public List<byte[]> ManyBytes(string name) =>
        [.. Of(name, JsonValueKind.Array).EnumerateArray().Select(element => HexOf(element, name))];

    /// <summary>A hash in hexadecimal digits or, as the published proofs have it, in Base64; null where it is none.</summary>
    public Hash256? HashToVerify(string name) => HashOf(Of(name));

    /// <summary>A list of hashes, where null is the empty one; null where one of them is none.</summary>
    public Hash256[]? HashesToVerify(string name)
    {
        JsonElement list = Of(name);
        if (list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        Hash256?[] hashes = [.. Of(name, JsonValueKind.Array).EnumerateArray().Select(HashOf)];
        return hashes.Contains(null) ? null : [.. hashes.Select(hash => hash!.Value)];
    }

    private static byte[] HexOf(JsonElement element, string name) =>
        (element.ValueKind == JsonValueKind.String ? TryHex(element.GetString()!) : null)
        ?? throw new InvalidRequestException($"{name} is not in hexadecimal digits");

    private static byte[]? TryHex(string text)
    {
        var bytes = new byte[text.Length / 2];
        return Convert.FromHexString(text, bytes, out int read, out _) == OperationStatus.Done && read == text.Length ? bytes : null;
    }

    private static Hash256? HashOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        string text = element.GetString()!;
        byte[]? bytes = text.Length == 2 * Hash256.Size ? TryHex(text) : element.TryGetBytesFromBase64(out byte[]? read) ? read : null;
        return bytes?.Length == Hash256.Size ? new Hash256(bytes) : null;
    }

    private JsonElement Of(string name) => fields.TryGetProperty(name, out JsonElement value)
        ? value
        : throw new InvalidRequestException($"{name} is missing");

    private JsonElement Of(string name, JsonValueKind kind) => Of(name) is { } value && value.ValueKind == kind
        ? value
        : throw new InvalidRequestException($"{name} is no {kind}");
}
