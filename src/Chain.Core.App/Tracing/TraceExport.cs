using Chain.Core.App.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Chain.Core.App.Tracing;

/// <summary>
/// Sends the spans of the node to a collector, in batches beside the node: where the collector does not take them, spans are
/// dropped and the node goes on.
/// </summary>
internal sealed class TraceExport(TracingSection settings) : IHostedService, IDisposable
{
    private const int PatienceMilliseconds = 2_000;

    private TracerProvider? _provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The node chooses what is traced, so that all nodes choose the same.
        _provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(static resource => resource.AddService("chain-core"))
            .AddSource("Chain.Core.*")
            .SetSampler(new AlwaysOnSampler())
            .AddOtlpExporter(exporter =>
            {
                exporter.Endpoint = new Uri(settings.Endpoint);
                exporter.Protocol = settings.Protocol == TraceProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
                exporter.TimeoutMilliseconds = PatienceMilliseconds;
            })
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends what waits; last of all, as the services of a host stop in the order against that of their start.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.Shutdown(PatienceMilliseconds);
        return Task.CompletedTask;
    }

    public void Dispose() => _provider?.Dispose();
}
