using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Cluster;

/// <summary>How many runs go on at a time in one worker; others wait.</summary>
/// <param name="count">So many.</param>
/// <param name="begins">Told of each run that begins.</param>
internal sealed class RunSlots(int count, Action<EngineChoice, ulong> begins)
{
    public SemaphoreSlim Free { get; } = new(count);

    public Action<EngineChoice, ulong> Begins => begins;
}
