namespace Chain.Core.Cli.Lab.Cluster;

/// <summary>How many runs go on at a time in one worker; others wait.</summary>
/// <param name="count">So many.</param>
/// <param name="output">Told of each run that begins.</param>
internal sealed class RunSlots(int count, TextWriter output)
{
    public SemaphoreSlim Free { get; } = new(count);

    public TextWriter Output => output;
}
