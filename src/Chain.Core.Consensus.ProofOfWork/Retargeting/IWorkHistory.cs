namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>The blocks before the one whose target is asked for.</summary>
public interface IWorkHistory
{
    /// <summary>The newest of them, the parent.</summary>
    WorkPoint Parent { get; }

    /// <summary>The block at a height; false above the parent and where the history does not reach.</summary>
    bool TryGet(ulong height, out WorkPoint point);
}
