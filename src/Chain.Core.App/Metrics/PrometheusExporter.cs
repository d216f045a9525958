using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Chain.Core.App.Metrics;

/// <summary>
/// Writes what the SDK of OpenTelemetry aggregated as text for Prometheus, when it is asked. The SDK's own exporter of this
/// format has no stable version.
/// </summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    /// <summary>The text of the last collection.</summary>
    public string Text { get; private set; } = "";

    /// <inheritdoc/>
    public Func<int, bool>? Collect { get; set; }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        foreach (Metric metric in batch)
        {
            PrometheusText.Write(metric, writer);
        }

        Text = writer.ToString();
        return ExportResult.Success;
    }
}
