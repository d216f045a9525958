using Chain.Core.Consensus;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>The chain of one node as it told it, move by move.</summary>
internal sealed class NodeHistory(SimulatedChain chain, SimulatedNode node)
{
    private readonly HashSet<TransactionId> _applied = [];
    private readonly Dictionary<AccountAddress, ulong> _nonces = [];
    private BlockId _head = chain.Definition.GenesisId;
    private BlockId? _final;
    private UInt256 _weight = UInt256.Zero;
    private bool _told;

    public void Move(NodeEvent.HeadMoved moved)
    {
        foreach (Block block in moved.Unapplied)
        {
            Undo(block);
        }

        foreach (Block block in moved.Applied)
        {
            Do(block);
        }

        if (_head != moved.Head.Id)
        {
            throw Wrong($"moved to #{moved.Head.Height} {moved.Head.Id}, and the blocks that it told of lead to {_head}");
        }

        if (_final is { } final && !(Tree.TryGet(final, out BlockTreeNode? node) && node.IsOnChainOf(Tree.Head)))
        {
            throw Wrong($"has left the chain of the finalized block {final}");
        }

        _weight = Tree.TryGet(_head, out BlockTreeNode? head) ? head.Weight : throw Wrong($"does not know its head {_head}");
        _told = true;
    }

    public void Finalize(BlockId block) => _final = block;

    /// <summary>Takes up what the disk has kept; answers whether there was something to compare it with.</summary>
    public bool Restart(BlockHeader head)
    {
        if (_told && (!Tree.TryGet(_head, out _) || Tree.Head.Weight < _weight))
        {
            throw Wrong($"told that its head is {_head}, and has lost it");
        }

        _applied.Clear();
        _nonces.Clear();
        _head = chain.Definition.GenesisId;
        foreach (Block block in ReadChain(head))
        {
            Do(block);
        }

        bool told = _told;
        _weight = Tree.Head.Weight;
        return told;
    }

    private IBlockTree Tree => SimulatedChain.MachineOf(node).Tree;

    private List<Block> ReadChain(BlockHeader head)
    {
        var blocks = new List<Block>();
        for (BlockId id = head.Id; id != chain.Definition.GenesisId; id = blocks[^1].Header.Parent)
        {
            blocks.Add(ChainRecords.TryReadBlock(node.Disk, id, out Block? block) ? block : throw Wrong($"has lost block {id} of its chain"));
        }

        blocks.Reverse();
        return blocks;
    }

    private void Do(Block block)
    {
        if (block.Header.Parent != _head)
        {
            throw Wrong($"applied #{block.Height} {block.Id} on {_head}, which is not its parent");
        }

        foreach (Transaction transaction in block.Transactions)
        {
            ulong expected = _nonces.GetValueOrDefault(transaction.Sender);
            if (!_applied.Add(transaction.Id) || transaction.Terms.Nonce != expected)
            {
                throw Wrong($"applied nonce {transaction.Terms.Nonce} of {transaction.Sender} in #{block.Height} {block.Id}, expected is {expected}");
            }

            _nonces[transaction.Sender] = expected + 1;
        }

        _head = block.Id;
    }

    private void Undo(Block block)
    {
        if (block.Id != _head)
        {
            throw Wrong($"undid #{block.Height} {block.Id} while {_head} was on top");
        }

        foreach (Transaction transaction in block.Transactions)
        {
            if (!_applied.Remove(transaction.Id))
            {
                throw Wrong($"undid {transaction.Id} of #{block.Height} {block.Id}, which was not applied");
            }

            _nonces[transaction.Sender]--;
        }

        _head = block.Header.Parent;
    }

    private SimulationException Wrong(string what) => chain.Simulator.Broken($"{node.Name} {what}");
}
