using System.Net;
using Microsoft.AspNetCore.Http;

namespace Chain.Core.Rpc;

/// <summary>
/// Keeps web pages out that nobody has let in: a browser on the node's machine reaches 127.0.0.1 for every page that it
/// shows, and a page can give its own name that address.
/// </summary>
internal sealed class RpcGate(LiveOptions live)
{
    // Nearly all requests name the same.
    private volatile Allowed? _lastAllowed;

    /// <summary>Why a request is not served; null where it is.</summary>
    public RpcError? FindObjection(HttpRequest request)
    {
        RpcServerOptions options = live.Current;
        HostString host = request.Host;
        if (_lastAllowed is not { } last || last.Host != host.Value || !ReferenceEquals(last.By, options))
        {
            if (!IsAllowedHost(host, options))
            {
                return new RpcError(ErrorKinds.Forbidden, "an IP address, localhost or one of AllowedHosts", host.Host);
            }

            _lastAllowed = new Allowed(host.Value, options);
        }

        string? origin = request.Headers.Origin;
        return origin is null || IsAllowedOrigin(origin, request, options)
            ? null
            : new RpcError(ErrorKinds.Forbidden, "an origin of AllowedOrigins", origin);
    }

    /// <summary>Tells the browser of an allowed page that the page may read the answer.</summary>
    public void AllowPage(HttpContext context)
    {
        if (context.Request.Headers.Origin is [{ } origin] && live.Current.AllowedOrigins.Contains(origin))
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlAllowMethods = "GET, POST";
            headers.AccessControlAllowHeaders = "content-type, authorization, last-event-id";
            headers.Vary = "Origin";
        }
    }

    private static bool IsAllowedHost(HostString host, RpcServerOptions options) =>
        !host.HasValue
        || IPAddress.TryParse(host.Host, out _)
        || string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || options.AllowedHosts.Any(allowed => allowed == "*" || string.Equals(allowed, host.Host, StringComparison.OrdinalIgnoreCase));

    private static bool IsAllowedOrigin(string origin, HttpRequest request, RpcServerOptions options) =>
        options.AllowedOrigins.Contains(origin) || origin == $"{request.Scheme}://{request.Host.Value}";

    private sealed record Allowed(string? Host, RpcServerOptions By);
}
