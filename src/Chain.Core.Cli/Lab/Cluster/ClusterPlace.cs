using System.Globalization;
using Chain.Core.Simulation.Laboratory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chain.Core.Cli.Lab.Cluster;

/// <summary>Hands runs to workers, and what a lost worker had to another one.</summary>
internal sealed class ClusterPlace(IHost coordinator, TextWriter output) : IRunPlace
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private readonly IGrainFactory _grains = coordinator.Services.GetRequiredService<IGrainFactory>();

    /// <remarks>Workers let what is too much for them wait.</remarks>
    public int Parallelism => 1024;

    public async Task<RunResult> RunAsync(Scenario scenario, EngineChoice choice, ulong seed, CancellationToken cancelled)
    {
        int engine = scenario.Engines.TakeWhile(each => each != choice).Count();
        while (true)
        {
            await WaitForWorkersAsync(1, cancelled);
            try
            {
                IRunGrain grain = _grains.GetGrain<IRunGrain>(Guid.NewGuid());
                return RunResultJson.Read(await grain.RunAsync(LabCluster.Version, ScenarioJson.Write(scenario), engine, seed).WaitAsync(cancelled));
            }
            catch (OrleansException lost)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $" a worker was lost, its run of {choice} with seed {seed} is repeated: {lost.GetType().Name}"));
                await Task.Delay(LookAgain, cancelled); // its place in the list of members may outlive it for a moment
            }
        }
    }

    /// <summary>Waits until so many workers are there.</summary>
    public async Task WaitForWorkersAsync(int count, CancellationToken cancelled)
    {
        IManagementGrain members = _grains.GetGrain<IManagementGrain>(0);
        while ((await members.GetHosts(onlyActive: true, cancelled)).Count <= count)
        {
            await Task.Delay(LookAgain, cancelled); // the coordinator itself is one of them
        }
    }
}
