using Chain.Core.Machines;

namespace Chain.Core.Protocol;

/// <summary>
/// Which peer waits for which load, of blocks or of what one changed. Gossip allows a peer one open request for blocks and few of the
/// others in a minute, which bounds this.
/// </summary>
internal sealed class ServedBlocks
{
    private const int MaxBatch = 16;
    private const long BatchBytes = 8 * 1024 * 1024;

    private readonly Dictionary<JobId, ConnectionId> _askers = [];
    private ulong _next;

    /// <summary>How many blocks are loaded at a time, so that the largest ones of a chain do not fill the memory.</summary>
    public static int BatchFor(int blockBytes) => (int)long.Clamp(BatchBytes / blockBytes, 1, MaxBatch);

    public JobId Add(ConnectionId asker)
    {
        var id = new JobId(_next++);
        _askers.Add(id, asker);
        return id;
    }

    public bool TryTake(JobId id, out ConnectionId asker) => _askers.Remove(id, out asker);
}
