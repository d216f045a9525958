using Chain.Core;
using Chain.Core.Node;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a node with a Generic Host.</summary>
public static class ChainNodeServiceCollectionExtensions
{
    /// <summary>Adds a node that starts and stops with the host; resolve <see cref="ChainNodeService"/> to reach it.</summary>
    /// <remarks>
    /// Adds two health checks: <c>chain-live</c>, tagged <c>live</c>, and <c>chain-ready</c>, tagged <c>ready</c>, whose
    /// description and data name the reasons.
    /// </remarks>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Says what the node is made of; its mistakes throw here.</param>
    /// <exception cref="InvalidOperationException">The host has a chain node already, or the chain has no genesis or consensus.</exception>
    public static IServiceCollection AddChainNode(this IServiceCollection services, Action<ChainNodeBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        if (services.Any(static service => service.ServiceType == typeof(ChainNodeBuilder)))
        {
            throw new InvalidOperationException("A host has one chain node: AddChainNode was called before.");
        }

        var builder = new ChainNodeBuilder();
        configure(builder);
        builder.BuildChain();
        services.AddSingleton(builder);
        services.AddSingleton<ChainNodeService>();
        services.AddHealthChecks()
            .Add(HealthCheck("live", asksForReady: false))
            .Add(HealthCheck("ready", asksForReady: true));
        services.AddHostedService(static provider => provider.GetRequiredService<ChainNodeService>());
        return services;
    }

    private static HealthCheckRegistration HealthCheck(string tag, bool asksForReady) => new(
        $"chain-{tag}",
        provider => new ChainNodeHealthCheck(provider.GetRequiredService<ChainNodeService>(), asksForReady),
        HealthStatus.Unhealthy,
        [tag]);
}
