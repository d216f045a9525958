using Chain.Core.Wire;

namespace Chain.Core;

/// <summary>A moment of a dev chain that it can go back to.</summary>
public sealed class DevSnapshot
{
    internal DevSnapshot(ulong number, BlockHeader head, IReadOnlyList<Transaction> pending)
    {
        Number = number;
        Head = head;
        Pending = pending;
    }

    /// <summary>Its number: snapshots of a node are counted from 1.</summary>
    public ulong Number { get; }

    /// <summary>The head of then.</summary>
    public BlockHeader Head { get; }

    /// <summary>What waited for a block then, the earliest first.</summary>
    internal IReadOnlyList<Transaction> Pending { get; }
}
