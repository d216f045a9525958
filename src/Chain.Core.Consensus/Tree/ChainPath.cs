namespace Chain.Core.Consensus;

/// <summary>The way from one block to another: down to where their chains part, then up.</summary>
/// <param name="ForkPoint">The newest block of both chains.</param>
/// <param name="Unapplied">What is undone, the newest first.</param>
/// <param name="Applied">What is done instead, the oldest first.</param>
public sealed record ChainPath(
    BlockTreeNode ForkPoint,
    IReadOnlyList<BlockTreeNode> Unapplied,
    IReadOnlyList<BlockTreeNode> Applied);
