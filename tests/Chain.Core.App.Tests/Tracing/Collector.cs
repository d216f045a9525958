using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Chain.Core.App.Tests.Tracing;

/// <summary>Takes spans as a collector of OpenTelemetry does, by HTTP or by gRPC, and keeps the bytes.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private const string HttpPath = "/v1/traces";
    private const string GrpcPath = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private readonly WebApplication _web;
    private readonly bool _isGrpc;
    private readonly ConcurrentQueue<byte[]> _bodies = new();

    private Collector(WebApplication web, bool isGrpc) => (_web, _isGrpc) = (web, isGrpc);

    public string Endpoint => _web.Urls.Single() + (_isGrpc ? "" : HttpPath);

    public static async Task<Collector> StartAsync(bool isGrpc)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(
            listen => listen.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var collector = new Collector(builder.Build(), isGrpc);
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
        if (context.Request.Path == (_isGrpc ? GrpcPath : HttpPath))
        {
            _bodies.Enqueue(body.ToArray());
        }

        if (_isGrpc)
        {
            // An empty message, and the status after it.
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }
}
