using System.Net;
using Chain.Core.Simulation.Laboratory;
using Microsoft.Extensions.Hosting;

namespace Chain.Core.Cli.Lab.Cluster;

/// <summary>A runner, and the workers that it hands runs to, if any. Disposing it ends the workers.</summary>
internal sealed class LabWork(ScenarioRunner runner, IHost? coordinator = null) : IAsyncDisposable
{
    public ScenarioRunner Runner { get; } = runner;

    /// <summary>Waits for workers, and lets them do the runs.</summary>
    public static async Task<LabWork> GatherAsync(Func<IRunPlace, ScenarioRunner> runner, IPEndPoint listen, int workers, TextWriter output, CancellationToken cancelled)
    {
        IHost coordinator = LabCluster.CreateCoordinator(listen);
        await coordinator.StartAsync(cancelled);
        var place = new ClusterPlace(coordinator, output);
        output.WriteLine($" waiting for {workers} workers: chain lab worker --join {listen}");
        await place.WaitForWorkersAsync(workers, cancelled);
        return new LabWork(runner(place), coordinator);
    }

    public async ValueTask DisposeAsync()
    {
        if (coordinator is not null)
        {
            await coordinator.StopAsync();
            coordinator.Dispose();
        }
    }
}
