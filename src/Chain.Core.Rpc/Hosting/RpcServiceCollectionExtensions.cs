using Chain.Core;
using Chain.Core.Rpc;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the RPC server with a Generic Host or a web application.</summary>
public static class RpcServiceCollectionExtensions
{
    /// <summary>
    /// Serves the host's node on listeners of its own, beside whatever else the host serves; resolve
    /// <see cref="RpcServerService"/> to reach the server.
    /// </summary>
    /// <param name="services">The host's services; <c>AddChainNode</c> comes first, so that the node outlives the server.</param>
    /// <param name="options">The listeners and limits; the defaults where null. Logs go to the host.</param>
    /// <exception cref="RpcConfigurationException">An option is wrong.</exception>
    /// <exception cref="InvalidOperationException">The host has no chain node, or an RPC server already.</exception>
    public static IServiceCollection AddChainRpc(this IServiceCollection services, RpcServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        options ??= new RpcServerOptions();
        options.Validate();
        if (services.All(static service => service.ServiceType != typeof(ChainNodeService)))
        {
            throw new InvalidOperationException("There is no node to serve: say AddChainNode(…) before AddChainRpc(…).");
        }

        if (services.Any(static service => service.ServiceType == typeof(RpcServerOptions)))
        {
            throw new InvalidOperationException("A host has one RPC server: AddChainRpc was called before.");
        }

        services.AddSingleton(options);
        services.AddSingleton<RpcServerService>();
        services.AddHostedService(static provider => provider.GetRequiredService<RpcServerService>());
        return services;
    }
}
