using System.Net;
using Microsoft.Extensions.Hosting;

namespace Chain.Core.Cli.Lab.Cluster;

/// <summary>Ends a worker when the one that gave it work is gone.</summary>
internal sealed class CoordinatorWatch(IPEndPoint coordinator, ISiloStatusOracle members, IHostApplicationLifetime lifetime) : IHostedService, ISiloStatusListener
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        members.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        members.UnSubscribeFromSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status.IsTerminating() && updatedSilo.Endpoint.Equals(coordinator))
        {
            lifetime.StopApplication();
        }
    }
}
