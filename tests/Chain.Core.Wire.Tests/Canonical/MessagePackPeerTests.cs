using System.Buffers;
using System.Text.Json;
using Chain.Core.Testing;
using MessagePack;

namespace Chain.Core.Wire.Tests.Canonical;

/// <summary>Our subset is MessagePack: an independent library reads what we write, and writes what we read.</summary>
public sealed class MessagePackPeerTests
{
    private static readonly int Count = LongRun.Count(20_000, 5_000_000);

    [Fact]
    public void Writer_RandomValues_EqualsTheLibrarysWriter()
    {
        var random = new Random(1);
        for (int i = 0; i < Count; i++)
        {
            var ours = new WireWriter();
            var buffer = new ArrayBufferWriter<byte>();
            var theirs = new MessagePackWriter(buffer);
            for (int j = random.Next(5); j >= 0; j--)
            {
                WriteBoth(random, ours, ref theirs);
            }

            theirs.Flush();
            Assert.True(ours.Written.Span.SequenceEqual(buffer.WrittenSpan), Convert.ToHexString(ours.Written.Span));
        }
    }

    [Fact]
    public void Reader_RandomSpellings_AcceptsOnlyWhatTheLibraryWouldWrite()
    {
        var random = new Random(2);
        int accepted = 0;
        for (int i = 0; i < Count; i++)
        {
            byte[] bytes = RandomValue(random);
            var reader = new WireReader(bytes);
            if (!TryReadAny(ref reader, bytes[0], out Action<WireWriter>? write) || !reader.TryEnd())
            {
                continue;
            }

            accepted++;
            var writer = new WireWriter();
            write!(writer);
            Assert.True(writer.Written.Span.SequenceEqual(bytes), Convert.ToHexString(bytes));
            var theirs = new MessagePackReader(bytes);
            theirs.Skip();
            Assert.True(theirs.End);
        }

        Assert.InRange(accepted, Count / 20, Count);
    }

    [VectorFact("wire/msgpack-test-suite.json")]
    public void Reader_PublishedSuite_AcceptsTheShortestSpellingsOfOurTypesAlone()
    {
        using JsonDocument suite = JsonDocument.Parse(File.ReadAllText(Vectors.PathOf("wire/msgpack-test-suite.json")));
        int accepted = 0;
        int refused = 0;
        foreach (JsonElement item in suite.RootElement.EnumerateObject().SelectMany(group => group.Value.EnumerateArray()))
        {
            byte[][] spellings = [.. item.GetProperty("msgpack").EnumerateArray().Select(hex => Convert.FromHexString(hex.GetString()!.Replace("-", "", StringComparison.Ordinal)))];
            byte[]? canonical = Canonical(item);
            Assert.True(canonical is null || spellings.Any(spelling => spelling.SequenceEqual(canonical)), $"{item}");
            foreach (byte[] spelling in spellings)
            {
                var reader = new WireReader(spelling);
                bool read = TryReadTree(ref reader, spelling) && reader.TryEnd();
                Assert.Equal(canonical is not null && canonical.AsSpan().SequenceEqual(spelling), read);
                accepted += read ? 1 : 0;
                refused += read ? 0 : 1;
            }
        }

        Assert.Equal((38, 195), (accepted, refused));
    }

    /// <summary>How we write the value of a suite item, or null where its type is outside the subset.</summary>
    private static byte[]? Canonical(JsonElement item)
    {
        foreach (JsonProperty property in item.EnumerateObject())
        {
            switch (property.Name)
            {
                case "bool": return new WireWriter().Boolean(property.Value.GetBoolean()).ToArray();
                case "binary": return new WireWriter().Bytes(Convert.FromHexString(property.Value.GetString()!.Replace("-", "", StringComparison.Ordinal))).ToArray();
                case "bignum": return ulong.TryParse(property.Value.GetString(), out ulong wide) ? new WireWriter().UInt64(wide).ToArray() : null;
                case "number" when !item.TryGetProperty("bignum", out _):
                    return property.Value.TryGetUInt64(out ulong number) ? new WireWriter().UInt64(number).ToArray() : null;
                case "string": return new WireWriter().String(property.Value.GetString()!).ToArray();
                case "array":
                    var writer = new WireWriter();
                    return TryWriteTree(property.Value, writer) ? writer.ToArray() : null;
                default: break;
            }
        }

        return null;
    }

    private static bool TryWriteTree(JsonElement value, WireWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                writer.ArrayHeader(value.GetArrayLength());
                return value.EnumerateArray().All(element => TryWriteTree(element, writer));
            case JsonValueKind.Number when value.TryGetUInt64(out ulong number):
                writer.UInt64(number);
                return true;
            case JsonValueKind.String:
                writer.String(value.GetString()!);
                return true;
            default:
                return false;
        }
    }

    private static bool TryReadTree(ref WireReader reader, byte[] bytes)
    {
        if (reader.Position == bytes.Length)
        {
            return reader.TryReadBoolean(out _);
        }

        if (bytes[reader.Position] is (>= 0x90 and <= 0x9f) or 0xdc or 0xdd)
        {
            if (!reader.TryReadArrayHeader(100, out int count))
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                if (!TryReadTree(ref reader, bytes))
                {
                    return false;
                }
            }

            return true;
        }

        return TryReadAny(ref reader, bytes[reader.Position], out _);
    }

    private static bool TryReadAny(ref WireReader reader, byte head, out Action<WireWriter>? write)
    {
        write = null;
        switch (head)
        {
            case 0xc2 or 0xc3:
                bool isBoolean = reader.TryReadBoolean(out bool flag);
                write = writer => writer.Boolean(flag);
                return isBoolean;
            case >= 0xc4 and <= 0xc6:
                bool isBytes = reader.TryReadBytes(1 << 20, out ReadOnlyMemory<byte> bytes);
                write = writer => writer.Bytes(bytes.Span);
                return isBytes;
            case (>= 0xa0 and <= 0xbf) or (>= 0xd9 and <= 0xdb):
                bool isText = reader.TryReadString(1 << 20, out string? text);
                write = writer => writer.String(text!);
                return isText;
            default:
                bool isNumber = reader.TryReadUInt64(out ulong number);
                write = writer => writer.UInt64(number);
                return isNumber;
        }
    }

    private static void WriteBoth(Random random, WireWriter ours, ref MessagePackWriter theirs)
    {
        switch (random.Next(5))
        {
            case 0:
                ulong number = (ulong)random.NextInt64() >> random.Next(64);
                ours.UInt64(number);
                theirs.Write(number);
                break;
            case 1:
                bool flag = random.Next(2) == 0;
                ours.Boolean(flag);
                theirs.Write(flag);
                break;
            case 2:
                var bytes = new byte[random.Next(10) == 0 ? random.Next(70_000) : random.Next(300)];
                random.NextBytes(bytes);
                ours.Bytes(bytes);
                theirs.Write(bytes);
                break;
            case 3:
                string text = string.Concat(Enumerable.Repeat(random.Next(2) == 0 ? "x" : "ä€𝄞", random.Next(100)));
                ours.String(text);
                theirs.Write(text);
                break;
            default:
                int count = random.Next(2) == 0 ? random.Next(20) : random.Next(100_000);
                ours.ArrayHeader(count);
                theirs.WriteArrayHeader(count);
                break;
        }
    }

    private static byte[] RandomValue(Random random)
    {
        byte[] heads = [0x00, 0x7f, 0xa0, 0xa5, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xcc, 0xcd, 0xce, 0xcf, 0xd9, 0xda, 0xdb];
        byte head = heads[random.Next(heads.Length)];
        int width = head switch { 0xc4 or 0xcc or 0xd9 => 1, 0xc5 or 0xcd or 0xda => 2, 0xc6 or 0xce or 0xdb => 4, 0xcf => 8, _ => 0 };
        ulong number = (ulong)random.NextInt64() >> random.Next(64);
        bool isNumber = head is >= 0xcc and <= 0xcf;
        number = isNumber ? number : (ulong)random.Next(random.Next(2) == 0 ? 40 : 70_000);
        byte[] digits = [.. Enumerable.Range(0, width).Select(i => (byte)((number >> (8 * (width - 1 - i))) & 0xff))];
        ulong said = digits.Aggregate(0UL, (sum, digit) => (sum << 8) | digit);
        int length = isNumber || width == 0 ? 0 : (int)said;
        length = head is 0xa5 ? 5 : length;
        return [head, .. digits, .. Enumerable.Repeat((byte)'x', length)];
    }
}
