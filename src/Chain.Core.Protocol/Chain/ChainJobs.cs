using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;

namespace Chain.Core.Protocol;

/// <summary>The jobs of the <see cref="ChainService"/> that are not finished.</summary>
internal sealed class ChainJobs
{
    private readonly Dictionary<ulong, PendingJob> _pending = [];
    private ulong _next;

    public void Offload(Job job, PendingJob pending, IEffects effects)
    {
        ulong id = _next++;
        _pending.Add(id, pending);
        effects.Offload(new JobId(id), job);
    }

    /// <summary>What a finished job was for; false where it is none of these.</summary>
    public bool TryTake(JobId id, [NotNullWhen(true)] out PendingJob? pending) => _pending.Remove(id.Value, out pending);
}
