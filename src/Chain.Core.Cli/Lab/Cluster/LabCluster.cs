using System.Net;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Simulation.Laboratory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Chain.Core.Cli.Lab.Cluster;

/// <summary>
/// Machines that share the runs of a laboratory, on Microsoft Orleans: the verb that was asked for gathers them and is the only one that
/// keeps the list of members, so that nothing else needs to be set up; workers join it.
/// </summary>
internal static class LabCluster
{
    private const string Name = "chain-lab";

    /// <summary>A long run of ten thousand nodes takes hours.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(2);

    /// <summary>A worker that does not answer three of these in a row is lost.</summary>
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(2);

    /// <summary>The version of the program: workers of another one would measure something else.</summary>
    public static string Version => ManifestJson.Version;

    /// <summary>A host that gathers workers and runs nothing itself.</summary>
    public static IHost CreateCoordinator(IPEndPoint listen) => Create(listen, listen, static silo =>
        silo.Configure<GrainTypeOptions>(static types => types.Classes.Remove(typeof(RunGrain))));

    /// <summary>A host that joins a coordinator and runs what it is given.</summary>
    public static IHost CreateWorker(IPEndPoint coordinator, IPEndPoint listen, EngineShelf shelf, RunSlots slots) => Create(listen, coordinator, silo =>
    {
        silo.Services.AddSingleton(shelf);
        silo.Services.AddSingleton(slots);
        silo.Services.AddHostedService(services => new CoordinatorWatch(
            coordinator, services.GetRequiredService<ISiloStatusOracle>(), services.GetRequiredService<IHostApplicationLifetime>()));
    });

    private static IHost Create(IPEndPoint listen, IPEndPoint coordinator, Action<ISiloBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(silo =>
        {
            silo.UseDevelopmentClustering(coordinator);
            silo.ConfigureEndpoints(listen.Address, listen.Port, gatewayPort: 0);
            silo.Configure<ClusterOptions>(static cluster => (cluster.ClusterId, cluster.ServiceId) = (Name, Name));
            silo.Configure<SiloMessagingOptions>(static messages => (messages.ResponseTimeout, messages.SystemResponseTimeout) = (LongestRun, TimeSpan.FromSeconds(30)));
            silo.Configure<ClusterMembershipOptions>(static members => (members.ProbeTimeout, members.NumVotesForDeathDeclaration) = (Probe, 1));
            configure(silo);
        });
        return builder.Build();
    }
}
