using System.ComponentModel;
using Microsoft.Extensions.Logging;

namespace Chain.Core.App.Configuration;

/// <summary>The log, which goes to standard error.</summary>
internal sealed class LoggingSection
{
    [Description("The least serious lines that are written.")]
    [TakesEffectAtOnce]
    public LogLevel Level { get; init; } = LogLevel.Information;

    [Description("text for people and journals, json for collectors of logs.")]
    public LogFormat Format { get; init; } = LogFormat.Text;
}
