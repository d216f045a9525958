using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Chain.Core.Rpc;

/// <summary><c>GET /health/live</c> and <c>/health/ready</c>, for probes.</summary>
internal sealed class HealthEndpoint(ChainNode node, RpcHost host)
{
    public Task ServeLiveAsync(HttpContext context) => ServeAsync(context, static health => health.Status != "dead");

    /// <summary>A node that is behind or alone serves nobody well: 503, with the reasons.</summary>
    public Task ServeReadyAsync(HttpContext context) => ServeAsync(context, static health => health.Status == "ready");

    private async Task ServeAsync(HttpContext context, Predicate<HealthResult> isWell)
    {
        HealthResult health = NodeMethods.HealthOf(node);
        context.Response.StatusCode = isWell(health) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(health, RpcJson.Default.HealthResult);
        await host.SendAsync(context, content, RpcEndpoint.JsonType).ConfigureAwait(false);
    }
}
