using Chain.Core.Machines;

namespace Chain.Core.Protocol;

/// <summary>Which peer waits for which load of blocks. Gossip allows one open request a peer, which bounds this.</summary>
internal sealed class ServedBlocks
{
    /// <summary>Most bytes of blocks in one answer; the rest is said to be missing.</summary>
    public const long MaxBytes = 8 * 1024 * 1024;

    /// <summary>A head that moved further than this was a catch-up, of which peers need not hear block by block.</summary>
    public const int MaxAnnounced = 8;

    private readonly Dictionary<JobId, ConnectionId> _askers = [];
    private ulong _next;

    public JobId Add(ConnectionId asker)
    {
        var id = new JobId(_next++);
        _askers.Add(id, asker);
        return id;
    }

    public bool TryTake(JobId id, out ConnectionId asker) => _askers.Remove(id, out asker);
}
