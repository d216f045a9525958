using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Chain.Core.App.Log;

/// <summary>How an event looks in the log: always one line.</summary>
internal static class LogLine
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private const string MessageTemplate = "{OriginalFormat}";

    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(DateTimeOffset time, LogLevel level, string message, Exception? fault)
    {
        string cause = fault is null ? "" : $": {fault.Message}";
        return $"{time.ToString(TimeFormat, CultureInfo.InvariantCulture)} {NameOf(level)} {message}{cause}".ReplaceLineEndings(" ");
    }

    public static string Json(
        DateTimeOffset time, LogLevel level, string category, EventId id, string message, IEnumerable<KeyValuePair<string, object?>> values, Exception? fault)
    {
        var line = new JsonObject
        {
            ["time"] = time.ToString(TimeFormat, CultureInfo.InvariantCulture),
            ["level"] = level.ToString(),
            ["category"] = category,
            ["event"] = id.Id,
            ["message"] = message,
        };
        foreach ((string name, object? value) in values)
        {
            if (name != MessageTemplate)
            {
                line[$"@{name}"] = value is int or long or uint or ulong ? JsonValue.Create(Convert.ToDecimal(value, CultureInfo.InvariantCulture)) : JsonValue.Create(value?.ToString());
            }
        }

        if (fault is not null)
        {
            line["fault"] = fault.ToString();
        }

        return line.ToJsonString(Format);
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
