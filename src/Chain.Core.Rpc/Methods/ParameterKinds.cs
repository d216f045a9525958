using System.Text.Json;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>The types of parameters.</summary>
internal static class ParameterKinds
{
    private const string HashExpected = "32 bytes as 0x and 64 hexadecimal digits";
    private const string HashSchema = """{"type":"string","pattern":"^0x[0-9a-fA-F]{64}$"}""";

    public static ParameterKind<ulong> Quantity { get; } = new(
        "a quantity: 0x and hexadecimal digits without leading zeros, below 2^64",
        """{"type":"string","pattern":"^0x(0|[1-9a-fA-F][0-9a-fA-F]{0,15})$"}""",
        static (JsonElement element, out ulong value) =>
        {
            value = 0;
            return JsonText.TryGet(element, out string? text) && Hex.TryParseQuantity(text, out value);
        });

    public static ParameterKind<BlockId> BlockId { get; } = HashOf(static hash => new BlockId(hash));

    public static ParameterKind<TransactionId> TransactionId { get; } = HashOf(static hash => new TransactionId(hash));

    public static ParameterKind<AccountAddress> Address { get; } = HashOf(static hash => new AccountAddress(hash));

    public static ParameterKind<BlockSelector> Block { get; } = new(
        "\"head\", \"finalized\", a height as a quantity, or a block id",
        """{"oneOf":[{"enum":["head","finalized"]},{"type":"string","pattern":"^0x(0|[1-9a-fA-F][0-9a-fA-F]{0,15})$"},{"type":"string","pattern":"^0x[0-9a-fA-F]{64}$"}]}""",
        static (JsonElement element, out BlockSelector value) =>
        {
            value = default;
            return JsonText.TryGet(element, out string? text) && BlockSelector.TryParse(text, out value);
        });

    public static ParameterKind<bool> Boolean { get; } = new(
        "true or false",
        """{"type":"boolean"}""",
        static (JsonElement element, out bool value) =>
        {
            value = element.ValueKind == JsonValueKind.True;
            return value || element.ValueKind == JsonValueKind.False;
        });

    /// <summary>Bytes, at most so many.</summary>
    public static ParameterKind<byte[]> Bytes(int max) => new(
        $"at most {max} bytes as 0x and an even number of hexadecimal digits",
        $$"""{"type":"string","pattern":"^0x([0-9a-fA-F]{2})*$","maxLength":{{2 + (2 * max)}}}""",
        (JsonElement element, out byte[] value) =>
        {
            value = [];
            return JsonText.TryGet(element, out string? text) && Hex.TryParseBytes(text, max, out value);
        });

    /// <summary>Text, at most so many UTF-16 units.</summary>
    public static ParameterKind<string> Text(int max) => new(
        $"a string of at most {max} characters",
        $$"""{"type":"string","maxLength":{{max}}}""",
        (JsonElement element, out string value) =>
        {
            bool isText = JsonText.TryGet(element, out string? text) && text.Length <= max;
            value = isText ? text! : "";
            return isText;
        });

    /// <summary>A JSON number without fraction or exponent.</summary>
    public static ParameterKind<int> Integer(int min, int max) => new(
        $"a whole number from {min} to {max}",
        $$"""{"type":"integer","minimum":{{min}},"maximum":{{max}}}""",
        (JsonElement element, out int value) =>
        {
            value = 0;
            return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out value) && value >= min && value <= max;
        });

    /// <summary>One of a few words.</summary>
    public static ParameterKind<string> Word(params string[] words) => new(
        "one of " + string.Join(", ", words),
        $$"""{"enum":["{{string.Join("\",\"", words)}}"]}""",
        (JsonElement element, out string value) =>
        {
            bool isText = JsonText.TryGet(element, out string? text);
            value = text ?? "";
            return isText && words.Contains(text);
        });

    /// <summary>Identities of peers, at most so many.</summary>
    public static ParameterKind<PeerId[]> Peers(int max) => new(
        $"an array of at most {max} times {HashExpected}",
        $$"""{"type":"array","maxItems":{{max}},"items":{{HashSchema}}}""",
        (JsonElement element, out PeerId[] value) =>
        {
            value = [];
            if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() > max)
            {
                return false;
            }

            var peers = new List<PeerId>(element.GetArrayLength());
            foreach (JsonElement one in element.EnumerateArray())
            {
                if (!Hex.TryParseHash(JsonText.TryGet(one, out string? text) ? text : null, out Hash256 hash))
                {
                    return false;
                }

                peers.Add(new PeerId(hash));
            }

            value = [.. peers];
            return true;
        });

    private static ParameterKind<T> HashOf<T>(Func<Hash256, T> wrap) => new(
        HashExpected,
        HashSchema,
        (JsonElement element, out T value) =>
        {
            bool isHash = Hex.TryParseHash(JsonText.TryGet(element, out string? text) ? text : null, out Hash256 hash);
            value = wrap(hash);
            return isHash;
        });
}
