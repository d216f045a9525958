using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Chain.Core.App.Tests.Tracing;

/// <summary>Takes spans as a collector of OpenTelemetry does, and keeps the bytes.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly ConcurrentQueue<byte[]> _bodies = new();

    private Collector(WebApplication web) => _web = web;

    public string Endpoint => $"{_web.Urls.Single()}/v1/traces";

    public static async Task<Collector> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector._web.Run(collector.TakeAsync);
        await collector._web.StartAsync();
        return collector;
    }

    /// <summary>Whether these bytes arrived.</summary>
    public bool Has(ReadOnlySpan<byte> bytes)
    {
        foreach (byte[] body in _bodies)
        {
            if (body.AsSpan().IndexOf(bytes) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public bool Has(string text) => Has(Encoding.UTF8.GetBytes(text));

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (context.Request.Path == "/v1/traces")
        {
            _bodies.Enqueue(body.ToArray());
        }
    }
}
