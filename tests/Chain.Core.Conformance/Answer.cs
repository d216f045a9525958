using System.Text.Json;

namespace Chain.Core.Conformance;

/// <summary>What is said about one request.</summary>
internal abstract record Answer
{
    private Answer()
    {
    }

    public static Answer Unsupported { get; } = new Error("unsupported", null);

    public static Verdict False { get; } = new(false);

    public static Answer Invalid(string why) => new Error("invalid", why);

    /// <summary>Writes the fields that follow the id.</summary>
    public abstract void WriteTo(Utf8JsonWriter json);

    /// <summary>A verdict; with a value where it is good and the verb has one.</summary>
    public sealed record Verdict(bool Ok, string Name = "", byte[]? Value = null) : Answer
    {
        public override void WriteTo(Utf8JsonWriter json)
        {
            json.WriteBoolean("ok", Ok);
            if (Ok && Value is not null)
            {
                json.WriteString(Name, Convert.ToHexStringLower(Value));
            }
        }
    }

    /// <summary>Bytes.</summary>
    public sealed record Bytes(byte[] Value) : Answer
    {
        public override void WriteTo(Utf8JsonWriter json) => json.WriteString("out", Convert.ToHexStringLower(Value));
    }

    /// <summary>A value with fields of its own.</summary>
    public sealed record Fields(Action<Utf8JsonWriter> Write) : Answer
    {
        public override void WriteTo(Utf8JsonWriter json)
        {
            json.WriteStartObject("out");
            Write(json);
            json.WriteEndObject();
        }
    }

    private sealed record Error(string Code, string? Why) : Answer
    {
        public override void WriteTo(Utf8JsonWriter json)
        {
            json.WriteString("error", Code);
            if (Why is not null)
            {
                json.WriteString("why", Why);
            }
        }
    }
}
