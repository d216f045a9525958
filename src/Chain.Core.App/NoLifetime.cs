using Microsoft.Extensions.Hosting;

namespace Chain.Core.App;

/// <summary>The command line hears the signals that end a process; a host inside it listens to none.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
