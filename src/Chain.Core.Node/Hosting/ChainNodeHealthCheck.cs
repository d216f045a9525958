using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Chain.Core.Node;

/// <summary>Tells probes how the host's node is. What is not ready is unhealthy: a degraded node serves nobody.</summary>
internal sealed class ChainNodeHealthCheck(ChainNodeService service, bool asksForReady) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        if (!service.Node.IsCompleted)
        {
            return asksForReady ? HealthCheckResult.Unhealthy("starting") : HealthCheckResult.Healthy("starting");
        }

        if (!service.Node.IsCompletedSuccessfully)
        {
            return HealthCheckResult.Unhealthy($"not started: {service.Node.Exception?.InnerException?.Message}");
        }

        NodeHealth health = service.Node.Result.CheckHealth();
        string reasons = string.Join("; ", health.Reasons);
        return (asksForReady ? health.IsReady : health.IsLive)
            ? HealthCheckResult.Healthy(reasons)
            : HealthCheckResult.Unhealthy(reasons, data: new Dictionary<string, object> { ["reasons"] = health.Reasons });
    }
}
