using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// Moves the marks of the chain after the certificates: the head to the newest notarized block that is valid, the final
/// block to the newest finalized one. Both may have to be fetched and judged first.
/// </summary>
internal sealed class Finality(EngineScope scope)
{
    private Certificate? _notarized;
    private Certificate? _finalized;
    private BlockId? _head;
    private BlockId? _final;

    /// <summary>The newest view that is final.</summary>
    public View View => _finalized?.View ?? View.Genesis;

    /// <summary>The certificate of that.</summary>
    public Certificate? Newest => _finalized;

    public void OnNotarized(Certificate certificate)
    {
        if (_notarized is null || certificate.View > _notarized.View)
        {
            _notarized = certificate;
            Advance(asks: true);
        }
    }

    public void OnFinalized(Certificate certificate)
    {
        if (_finalized is null || certificate.View > _finalized.View)
        {
            _finalized = certificate;
            Advance(asks: true);
        }
    }

    /// <summary>Something was learned of a block.</summary>
    public void OnBlock(BlockId block, bool isNew)
    {
        if (block == _notarized?.Block || block == _finalized?.Block)
        {
            Advance(asks: isNew);
        }
    }

    /// <summary>
    /// A block is invalid here. Where its certificate came before the head had moved to its parent, that parent is the newest
    /// notarized block that the head can go to.
    /// </summary>
    public void OnInvalid(BlockId block)
    {
        if (_notarized is Certificate notarized
            && scope.Tree.TryGet(notarized.Block, out BlockTreeNode? newest)
            && scope.Tree.TryGet(block, out BlockTreeNode? node)
            && node.IsOnChainOf(newest)
            && node.Parent is { Status: BlockStatus.Valid } parent
            && parent != scope.Tree.Head
            && scope.Tree.Head.IsOnChainOf(parent))
        {
            MoveHead(parent);
        }
    }

    /// <summary>Asks again for what is missing, as messages get lost.</summary>
    public void AskAgain() => Advance(asks: true);

    private void Advance(bool asks)
    {
        if (_finalized is Certificate final && final.Block != _final && TryGetValid(final.Block, asks, out BlockTreeNode? node))
        {
            _final = final.Block;
            if (!node!.IsOnChainOf(scope.Tree.Head))
            {
                MoveHead(node);
            }

            scope.Emit(new ConsensusOutput.Finalize(node.Id, final.Encoded));
            scope.Observe("finalized", node.Height.Value);
        }

        if (_notarized is Certificate notarized
            && notarized.Block != _head
            && notarized.View >= View
            && TryGetValid(notarized.Block, asks, out BlockTreeNode? best))
        {
            // Not back: after a restart the head may be ahead of what the engine has seen so far.
            if (!best!.IsOnChainOf(scope.Tree.Head) && scope.Tree.Finalized.IsOnChainOf(best))
            {
                MoveHead(best);
            }

            _head = best.Id;
            scope.Emit(new ConsensusOutput.MarkSafe(best.Id));
        }
    }

    private void MoveHead(BlockTreeNode node) => scope.Emit(new ConsensusOutput.ProposeHead(node.Id, node.Weight));

    private bool TryGetValid(BlockId block, bool asks, out BlockTreeNode? node)
    {
        if (!scope.Tree.TryGet(block, out node))
        {
            if (asks)
            {
                scope.Emit(new ConsensusOutput.Fetch(block, null));
            }

            return false;
        }

        if (node.Status == BlockStatus.HeaderOnly && asks)
        {
            scope.Emit(new ConsensusOutput.RequestVerdict(block));
        }

        return node.Status == BlockStatus.Valid;
    }
}
