namespace Chain.Core.Cli.Lab.Cluster;

/// <summary>How many runs go on at a time in one worker; others wait.</summary>
internal sealed class RunSlots(int count)
{
    public SemaphoreSlim Free { get; } = new(count);
}
