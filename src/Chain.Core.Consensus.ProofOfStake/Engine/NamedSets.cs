using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>The validator sets that the state named, as the host told them. Which one counts depends on the chain.</summary>
internal sealed class NamedSets
{
    private const int Kept = 64;

    private readonly List<(BlockId Block, byte[] Encoded)> _named = [];

    /// <summary>Takes a set; one that cannot vote is passed over, so that the set before it stays.</summary>
    public void Add(BlockId block, ValidatorSet set)
    {
        if (!StakeTable.CanVote(set))
        {
            return;
        }

        if (_named.Count == Kept)
        {
            _named.RemoveAt(0);
        }

        _named.Add((block, ValidatorSetCodec.Encode(set)));
    }

    /// <summary>The <see cref="EpochSets"/> of the first block of an epoch, if its parent is <paramref name="parent"/>.</summary>
    public byte[] SetsAfter(BlockTreeNode parent, IBlockTree tree, EpochContext epoch)
    {
        byte[]? newest = null;
        BlockHeight height = BlockHeight.Genesis;
        foreach ((BlockId block, byte[] encoded) in _named)
        {
            if (tree.TryGet(block, out BlockTreeNode? node) && node.Height >= height && node.IsOnChainOf(parent))
            {
                newest = encoded;
                height = node.Height;
            }
        }

        return EpochSets.Encode(epoch.Table.Set, newest ?? ValidatorSetCodec.Encode(epoch.Table.Set));
    }
}
