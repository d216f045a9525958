namespace Chain.Core.Gossip;

/// <summary>
/// How large bodies are lately: how many a peer can be asked for at once, and how long one may take. The largest
/// counts, and is forgotten by and by.
/// </summary>
internal sealed class BodySizes(SyncOptions options)
{
    private long _recent;

    /// <summary>Most bodies to ask of one peer at the same time; one as long as nothing is known.</summary>
    public int MaxAskedOfPeer =>
        _recent == 0 ? 1 : (int)long.Clamp(options.MaxAskedBytesOfPeer / _recent, 1, options.MaxAskedBlocksOfPeer);

    /// <summary>How long a peer may take for one body.</summary>
    public TimeSpan Timeout =>
        new(options.BlockTimeout.Ticks + (_recent * TimeSpan.TicksPerSecond / options.MinBytesPerSecond));

    public void OnDelivered(int bytes) => _recent = long.Max(bytes, _recent - (_recent / 16));
}
