using System.Diagnostics.CodeAnalysis;
using Chain.Core.Consensus;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>Tells of moves in the order in which the head moved, whichever bodies were at hand first.</summary>
internal sealed class HeadMoves(BodyCache bodies)
{
    private readonly Queue<HeadMove> _moves = new();

    /// <summary>Adds a move; where bodies that it needs are not at hand, somebody has to load them.</summary>
    public HeadMove Add(BlockHeader head, ChainPath path, bool isRewind)
    {
        var move = new HeadMove(head, path, isRewind);
        _moves.Enqueue(move);
        if (TryFind(path.Unapplied, out List<Block>? unapplied) && TryFind(path.Applied, out List<Block>? applied))
        {
            move.TakeBodies(unapplied, applied);
        }

        return move;
    }

    /// <summary>Gives a move the bodies that were loaded for it; those that the store lacks are left out.</summary>
    public void Take(HeadMove move, IReadOnlyList<Block> loaded)
    {
        foreach (Block block in loaded)
        {
            bodies.Add(block, null);
        }

        Dictionary<BlockId, Block> found = loaded.ToDictionary(static block => block.Id);
        move.TakeBodies(Pick(move.Path.Unapplied, found), Pick(move.Path.Applied, found));
    }

    /// <summary>Tells of every move that no earlier one waits before.</summary>
    public void Tell(IEffects effects)
    {
        while (_moves.TryPeek(out HeadMove? move) && move is { Unapplied: { } unapplied, Applied: { } applied })
        {
            _moves.Dequeue();
            effects.Emit(new ChainEvent.HeadMoved(move.Head, unapplied, applied, move.IsRewind));
        }
    }

    private bool TryFind(IReadOnlyList<BlockTreeNode> nodes, [NotNullWhen(true)] out List<Block>? blocks)
    {
        blocks = new List<Block>(nodes.Count);
        foreach (BlockTreeNode node in nodes)
        {
            if (!bodies.TryGet(node.Id, out Block? block))
            {
                blocks = null;
                return false;
            }

            blocks.Add(block);
        }

        return true;
    }

    private static List<Block> Pick(IReadOnlyList<BlockTreeNode> nodes, Dictionary<BlockId, Block> found) =>
        nodes.Where(node => found.ContainsKey(node.Id)).Select(node => found[node.Id]).ToList();
}
