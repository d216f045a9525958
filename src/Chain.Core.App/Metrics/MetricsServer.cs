using System.Net;
using Chain.Core.App.Configuration;
using Chain.Core.App.Errors;
using Chain.Core.App.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chain.Core.App.Metrics;

/// <summary><c>GET /metrics</c> on a port of its own, so that who may see figures is decided apart from who may call.</summary>
internal sealed class MetricsServer(MetricsSection settings, ILogger<MetricsServer> logger) : IHostedService, IAsyncDisposable
{
    private const int MaxConnections = 64;
    private const int MaxHeaderBytes = 8 * 1024;

    private WebApplication? _web;
    private MetricsCollection? _collection;

    /// <summary>Where Prometheus connects; null before the start.</summary>
    public Uri? Url { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _collection = new MetricsCollection();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
            kestrel.Listen(IPAddress.Parse(settings.Address), settings.Port);
        });
        _web = builder.Build();
        _web.Run(AnswerAsync);
        try
        {
            await _web.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException taken)
        {
            throw new UsageException(FaultCode.Port, $"Metrics:Port: {settings.Address}:{settings.Port} cannot be used: {taken.Message}", "a free port");
        }

        Url = new Uri($"{_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()}/metrics");
        RunLog.MetricsStarted(logger, Url);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _web?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
        {
            await _web.DisposeAsync().ConfigureAwait(false);
        }

        _collection?.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        bool isGet = HttpMethods.IsGet(context.Request.Method);
        if (!isGet || context.Request.Path != "/metrics")
        {
            context.Response.StatusCode = isGet ? StatusCodes.Status404NotFound : StatusCodes.Status405MethodNotAllowed;
            return;
        }

        context.Response.ContentType = PrometheusText.ContentType;
        await context.Response.WriteAsync(_collection!.Collect(), context.RequestAborted).ConfigureAwait(false);
    }
}
