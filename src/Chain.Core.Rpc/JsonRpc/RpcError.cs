using System.Text.Json;

namespace Chain.Core.Rpc;

/// <summary>A call that failed, as it is told to the caller.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Expected">What would have been right, where that can be said.</param>
/// <param name="Actual">What was found instead; never anything secret, and at most a line.</param>
internal sealed record RpcError(ErrorKind Kind, string? Expected = null, string? Actual = null)
{
    private const int MaxActual = 120;

    public static implicit operator RpcError(ErrorKind kind) => new(kind);

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("code"u8, Kind.Number);
        writer.WriteString("message"u8, Kind.Message);
        writer.WriteStartObject("data"u8);
        writer.WriteString("code"u8, Kind.Code);
        writer.WriteString("hint"u8, Kind.Hint);
        if (Expected is not null)
        {
            writer.WriteString("expected"u8, Expected);
        }

        if (Actual is not null)
        {
            writer.WriteString("actual"u8, Actual.Length <= MaxActual ? Actual : string.Concat(Actual.AsSpan(0, MaxActual), "…"));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
