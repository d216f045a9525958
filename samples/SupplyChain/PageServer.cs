using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SupplyChain;

/// <summary>Serves the page. It may run its own script and talk to one node, and nothing else.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["index.html"] = "text/html; charset=utf-8",
        ["items.js"] = "text/javascript; charset=utf-8",
        ["items.css"] = "text/css; charset=utf-8",
    };

    private readonly WebApplication _web;

    private PageServer(WebApplication web) => _web = web;

    /// <summary>Where the page is. The node must allow this origin.</summary>
    public Uri Url => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The node that the page talks to; set once it is known.</summary>
    public Uri? Node { get; set; }

    public static async Task<PageServer> StartAsync(int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var server = new PageServer(builder.Build());
        server._web.Run(server.ServeAsync);
        await server._web.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        string name = context.Request.Path == "/" ? "index.html" : context.Request.Path.Value![1..];
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' {Node?.GetLeftPart(UriPartial.Authority)}; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        if (name == "node")
        {
            await context.Response.WriteAsync(Node?.ToString() ?? "");
        }
        else if (Types.TryGetValue(name, out string? type))
        {
            context.Response.ContentType = type;
            await using Stream file = typeof(PageServer).Assembly.GetManifestResourceStream($"page/{name}")!;
            await file.CopyToAsync(context.Response.Body);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
