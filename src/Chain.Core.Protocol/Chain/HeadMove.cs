using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>A move of the head, which is told of once the bodies of all its blocks are at hand.</summary>
internal sealed class HeadMove(BlockHeader head, ChainPath path, bool isRewind)
{
    public BlockHeader Head { get; } = head;

    public ChainPath Path { get; } = path;

    public bool IsRewind { get; } = isRewind;

    /// <summary>All blocks of both sides.</summary>
    public IReadOnlyList<BlockId> Blocks => [.. Path.Unapplied.Concat(Path.Applied).Select(static each => each.Id)];

    public bool HasBodies => Applied is not null;

    /// <summary>Blocks that are undone, newest first; null until the bodies are at hand.</summary>
    public IReadOnlyList<Block>? Unapplied { get; private set; }

    /// <summary>Blocks that are done, oldest first; null until the bodies are at hand.</summary>
    public IReadOnlyList<Block>? Applied { get; private set; }

    public void TakeBodies(IReadOnlyList<Block> unapplied, IReadOnlyList<Block> applied) => (Unapplied, Applied) = (unapplied, applied);
}
