using Chain.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a node with a Generic Host.</summary>
public static class ChainNodeServiceCollectionExtensions
{
    /// <summary>Adds a node that starts and stops with the host; resolve <see cref="ChainNodeService"/> to reach it.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Says what the node is made of; its mistakes throw here.</param>
    public static IServiceCollection AddChainNode(this IServiceCollection services, Action<ChainNodeBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new ChainNodeBuilder();
        configure(builder);
        builder.BuildChain();
        services.TryAddSingleton(builder);
        services.TryAddSingleton<ChainNodeService>();
        services.AddHostedService(static provider => provider.GetRequiredService<ChainNodeService>());
        return services;
    }
}
