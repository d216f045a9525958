using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Chain.Core.App.Metrics;

/// <summary>A metric in the text format of Prometheus 0.0.4, named by the conventions of OpenTelemetry.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static void Write(Metric metric, TextWriter writer)
    {
        string name = NameOf(metric);
        writer.WriteLine($"# HELP {name} {metric.Description.Replace("\\", "\\\\", StringComparison.Ordinal).ReplaceLineEndings(" ")}");
        writer.WriteLine($"# TYPE {name} {TypeOf(metric.MetricType)}");
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            string labels = LabelsOf(point.Tags);
            switch (metric.MetricType)
            {
                case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                    WriteSample(writer, name, labels, point.GetSumLong());
                    break;
                case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                    WriteSample(writer, name, labels, point.GetSumDouble());
                    break;
                case MetricType.LongGauge:
                    WriteSample(writer, name, labels, point.GetGaugeLastValueLong());
                    break;
                case MetricType.DoubleGauge:
                    WriteSample(writer, name, labels, point.GetGaugeLastValueDouble());
                    break;
                case MetricType.Histogram:
                    WriteHistogram(writer, name, labels, in point);
                    break;
            }
        }
    }

    /// <summary>Dots become underscores, the unit and the kind of a counter follow: <c>chain_transport_io_bytes_total</c>.</summary>
    private static string NameOf(Metric metric)
    {
        var name = new StringBuilder();
        foreach (char letter in metric.Name)
        {
            name.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        }

        name.Append(metric.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" });
        return name.Append(TypeOf(metric.MetricType) == "counter" ? "_total" : "").ToString();
    }

    private static string TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.Histogram => "histogram",
        _ => "gauge",
    };

    private static void WriteHistogram(TextWriter writer, string name, string labels, in MetricPoint point)
    {
        long count = 0;
        foreach (HistogramBucket bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            string bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : Number(bucket.ExplicitBound);
            WriteSample(writer, $"{name}_bucket", labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"", count);
        }

        WriteSample(writer, $"{name}_sum", labels, point.GetHistogramSum());
        WriteSample(writer, $"{name}_count", labels, point.GetHistogramCount());
    }

    private static void WriteSample(TextWriter writer, string name, string labels, double value) =>
        writer.WriteLine(labels.Length == 0 ? $"{name} {Number(value)}" : $"{name}{{{labels}}} {Number(value)}");

    private static string LabelsOf(ReadOnlyTagCollection tags)
    {
        var labels = new StringBuilder();
        foreach ((string key, object? value) in tags)
        {
            string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Append(labels.Length == 0 ? "" : ",").Append(key.Replace('.', '_')).Append("=\"")
                .Append(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
                .Append('"');
        }

        return labels.ToString();
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
