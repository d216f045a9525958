using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Chain.Core.App.Metrics;

/// <summary>Listens to the meters of the node and of the runtime, and tells their figures when asked.</summary>
internal sealed class MetricsCollection : IDisposable
{
    private const int PatienceMilliseconds = 5_000;

    /// <summary>From a tenth of a millisecond to ten seconds: what a step of the loop and a late timer take.</summary>
    private static readonly double[] Seconds = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

    private readonly Lock _gate = new();
    private readonly PrometheusExporter _exporter = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;

    public MetricsCollection()
    {
        _reader = new BaseExportingMetricReader(_exporter);
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter("Chain.Core.*", "System.Runtime")
            .AddView(static instrument => instrument.Unit == "s" && instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal)
                ? new ExplicitBucketHistogramConfiguration { Boundaries = Seconds }
                : null)
            .AddReader(_reader)
            .Build();
    }

    /// <summary>The figures of now, as text for Prometheus.</summary>
    public string Collect()
    {
        lock (_gate)
        {
            _reader.Collect(PatienceMilliseconds);
            return _exporter.Text;
        }
    }

    public void Dispose() => _provider.Dispose();
}
