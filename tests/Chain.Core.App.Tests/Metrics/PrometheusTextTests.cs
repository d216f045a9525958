using System.Diagnostics.Metrics;
using Chain.Core.App.Metrics;

namespace Chain.Core.App.Tests.Metrics;

/// <summary>Each kind of instrument in the text that Prometheus reads.</summary>
public sealed class PrometheusTextTests
{
    [Fact]
    public void Collect_EveryKindOfInstrument_IsNamedByItsUnitAndKind()
    {
        using var meter = new Meter("Chain.Core.Prometheus.Test");
        using var collection = new MetricsCollection();
        Counter<long> counter = meter.CreateCounter<long>("test.sent", "By", "What was\nsent.");
        counter.Add(2, new KeyValuePair<string, object?>("to.whom", "a \"b\" \\ c\n"));
        counter.Add(3, new KeyValuePair<string, object?>("to.whom", "a \"b\" \\ c\n"));
        meter.CreateUpDownCounter<int>("test.open", "{socket}").Add(-1);
        meter.CreateObservableGauge("test.age", static () => 1.5, "s");
        Histogram<double> histogram = meter.CreateHistogram<double>("test.step", "s");
        histogram.Record(0.002);
        histogram.Record(0.2);
        histogram.Record(100);

        string[] lines = collection.Collect().Split('\n');

        Assert.Contains("# HELP test_sent_bytes_total What was sent.", lines);
        Assert.Contains("# TYPE test_sent_bytes_total counter", lines);
        Assert.Contains("test_sent_bytes_total{to_whom=\"a \\\"b\\\" \\\\ c\\n\"} 5", lines);
        Assert.Contains("# TYPE test_open gauge", lines);
        Assert.Contains("test_open -1", lines);
        Assert.Contains("test_age_seconds 1.5", lines);
        Assert.Contains("test_step_seconds_bucket{le=\"0.003\"} 1", lines);
        Assert.Contains("test_step_seconds_bucket{le=\"10\"} 2", lines);
        Assert.Contains("test_step_seconds_bucket{le=\"+Inf\"} 3", lines);
        Assert.Contains("test_step_seconds_count 3", lines);
        Assert.Contains("test_step_seconds_sum 100.202", lines);
    }

    [Fact]
    public void Collect_MeterOfSomebodyElse_IsLeftOut()
    {
        using var meter = new Meter("Somebody.Else");
        using var collection = new MetricsCollection();
        meter.CreateCounter<long>("elsewhere").Add(1);

        Assert.DoesNotContain("elsewhere", collection.Collect(), StringComparison.Ordinal);
    }
}
