using System.Net;
using Microsoft.AspNetCore.Http;

namespace Chain.Core.Rpc;

/// <summary>
/// Keeps web pages out that nobody has let in: a browser on the node's machine reaches 127.0.0.1 for every page that it
/// shows, and a page can give its own name that address.
/// </summary>
internal sealed class RpcGate(RpcServerOptions options)
{
    // Nearly all requests name the same.
    private volatile string? _lastAllowed;

    /// <summary>Why a request is not served; null where it is.</summary>
    public RpcError? FindObjection(HttpRequest request)
    {
        HostString host = request.Host;
        if (host.Value != _lastAllowed)
        {
            if (!IsAllowedHost(host))
            {
                return new RpcError(ErrorKinds.Forbidden, "an IP address, localhost or one of AllowedHosts", host.Host);
            }

            _lastAllowed = host.Value;
        }

        string? origin = request.Headers.Origin;
        return origin is null || IsAllowedOrigin(origin, request)
            ? null
            : new RpcError(ErrorKinds.Forbidden, "an origin of AllowedOrigins", origin);
    }

    /// <summary>Tells the browser of an allowed page that the page may read the answer.</summary>
    public void AllowPage(HttpContext context)
    {
        if (context.Request.Headers.Origin is [{ } origin] && options.AllowedOrigins.Contains(origin))
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlAllowMethods = "GET, POST";
            headers.AccessControlAllowHeaders = "content-type, authorization, last-event-id";
            headers.Vary = "Origin";
        }
    }

    private bool IsAllowedHost(HostString host) =>
        !host.HasValue
        || IPAddress.TryParse(host.Host, out _)
        || string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || options.AllowedHosts.Any(allowed => allowed == "*" || string.Equals(allowed, host.Host, StringComparison.OrdinalIgnoreCase));

    private bool IsAllowedOrigin(string origin, HttpRequest request) =>
        options.AllowedOrigins.Contains(origin) || origin == $"{request.Scheme}://{request.Host.Value}";
}
