using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Chain.Core.App.Errors;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.App.Transactions;

/// <summary>Writes values in their canonical form from what people type. Lists, and tuples within an argument, are typed in JSON.</summary>
internal sealed class ArgumentEncoder(Func<string, AccountAddress> findAccount)
{
    private readonly WireWriter _writer = new();

    public ReadOnlyMemory<byte> Written => _writer.Written;

    /// <summary>The next so many values are one tuple.</summary>
    public void BeginTuple(int count) => _writer.ArrayHeader(count);

    /// <summary>Writes one argument.</summary>
    /// <exception cref="UsageException">The text is no value of the argument's shape.</exception>
    public void Add(ValueField argument, string text)
    {
        bool isGood;
        try
        {
            isGood = argument.Shape is ValueShape.List or ValueShape.Tuple ? TryJson(argument.Shape, text) : TryScalar(argument.Shape, text);
        }
        catch (EncoderFallbackException)
        {
            isGood = false; // half of a surrogate pair
        }

        if (!isGood)
        {
            throw new UsageException(FaultCode.Value, $"{argument.Name}: '{text}' is not a value that it takes", ShapeText.Expected(argument.Shape));
        }
    }

    private bool TryJson(ValueShape shape, string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return TryElement(shape, document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool TryElement(ValueShape shape, JsonElement element) => shape switch
    {
        ValueShape.List list => IsArray(element, list.MaxCount) && TryArray(element, _ => list.Element),
        ValueShape.Tuple tuple => IsArray(element, tuple.Fields.Count) && element.GetArrayLength() == tuple.Fields.Count && TryArray(element, i => tuple.Fields[i].Shape),
        _ => TextOf(element) is { } text && TryScalar(shape, text),
    };

    private bool TryArray(JsonElement array, Func<int, ValueShape> shapeOf)
    {
        _writer.ArrayHeader(array.GetArrayLength());
        int i = 0;
        foreach (JsonElement element in array.EnumerateArray())
        {
            if (!TryElement(shapeOf(i++), element))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryScalar(ValueShape shape, string text) => shape switch
    {
        ValueShape.Integer integer => TryNumber(text, integer.Bits >= 64 ? ulong.MaxValue : (1UL << integer.Bits) - 1),
        ValueShape.Height => TryNumber(text.StartsWith('#') ? text[1..] : text, ulong.MaxValue),
        ValueShape.Time => TryNumber(text, ulong.MaxValue) || TryTime(text),
        ValueShape.Truth => bool.TryParse(text, out bool truth) && Wrote(_writer.Boolean(truth)),
        ValueShape.Hash => Hash256.TryParse(text, out Hash256 hash) && Wrote(_writer.Hash(in hash)),
        ValueShape.Address => Wrote(_writer.Hash(findAccount(text).Value)),
        ValueShape.Bytes bytes => TryHex(text, out byte[] found) && found.Length <= bytes.MaxBytes && Wrote(_writer.Bytes(found)),
        ValueShape.Text limit => Encoding.UTF8.GetByteCount(text) <= limit.MaxBytes && Wrote(_writer.String(text)),
        _ => TryHex(text, out byte[] raw) && raw.Length > 0 && Wrote(_writer.Raw(raw)),
    };

    private bool TryNumber(string text, ulong max) =>
        (text.StartsWith("0x", StringComparison.Ordinal)
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong number)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        && number <= max
        && Wrote(_writer.UInt64(number));

    /// <summary>A time without a zone means UTC, whatever this machine's is.</summary>
    private bool TryTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
        && time >= DateTimeOffset.UnixEpoch
        && Wrote(_writer.UInt64((ulong)time.ToUnixTimeMilliseconds()));

    private static bool TryHex(string text, out byte[] bytes)
    {
        ReadOnlySpan<char> digits = text.StartsWith("0x", StringComparison.Ordinal) ? text.AsSpan(2) : text;
        bytes = new byte[digits.Length / 2];
        return digits.Length % 2 == 0 && Convert.FromHexString(digits, bytes, out _, out _) == OperationStatus.Done;
    }

    private static bool IsArray(JsonElement element, int max) => element.ValueKind == JsonValueKind.Array && element.GetArrayLength() <= max;

    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private static bool Wrote(WireWriter writer) => writer is not null;
}
