using System.Diagnostics.CodeAnalysis;
using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// What a node's disk says when its chain is executed anew from genesis: the same state comes out, no transaction
/// stands twice, no nonce is left out, and no coin was made or lost.
/// </summary>
public sealed class ChainAudit
{
    private readonly SimulatedChain _chain;
    private readonly SimulatedNode _node;
    private readonly List<Block> _blocks = [];
    private readonly HashSet<TransactionId> _included = [];

    private ChainAudit(SimulatedChain chain, SimulatedNode node)
    {
        _chain = chain;
        _node = node;
    }

    /// <summary>The chain of the disk's head, genesis first.</summary>
    public IReadOnlyList<Block> Blocks => _blocks;

    /// <summary>The transactions in it.</summary>
    public IReadOnlySet<TransactionId> Included => _included;

    /// <summary>Reads and executes the chain on the disk of <paramref name="node"/>.</summary>
    /// <exception cref="SimulationException">Something is wrong with it.</exception>
    public static ChainAudit Run(SimulatedChain chain, SimulatedNode node)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(node);
        var audit = new ChainAudit(chain, node);
        audit.ReadBlocks();
        audit.CheckNonces();
        using var fresh = new SimulatedDisk();
        audit.Execute(fresh);
        audit.CheckSupply(fresh);
        return audit;
    }

    private void ReadBlocks()
    {
        if (!ChainRecords.TryReadHead(_node.Disk, out BlockId id))
        {
            throw Wrong("there is no head");
        }

        while (id != BlockId.None)
        {
            Block block = ReadBlock(id);
            _blocks.Add(block);
            id = block.Header.Parent;
        }

        _blocks.Reverse();
        if (_blocks[0].Id != _chain.Definition.GenesisId)
        {
            throw Wrong($"the chain begins with {_blocks[0].Id}");
        }
    }

    private Block ReadBlock(BlockId id)
    {
        try
        {
            return ChainRecords.TryReadBlock(_node.Disk, id, out Block? block)
                ? block
                : throw Wrong($"block {id} of the head's chain is missing");
        }
        catch (InvalidDataException corrupt)
        {
            throw Wrong(corrupt.Message);
        }
    }

    private void CheckNonces()
    {
        var next = new Dictionary<AccountAddress, ulong>();
        foreach (Block block in _blocks)
        {
            foreach (Transaction transaction in block.Transactions)
            {
                ulong expected = next.GetValueOrDefault(transaction.Sender);
                if (transaction.Terms.Nonce != expected || !_included.Add(transaction.Id))
                {
                    throw Wrong($"block #{block.Height} applies nonce {transaction.Terms.Nonce} of {transaction.Sender}, expected is {expected}");
                }

                next[transaction.Sender] = expected + 1;
            }
        }
    }

    private void Execute(SimulatedDisk fresh)
    {
        var genesis = Ledger.Genesis.Create(_chain.Definition.Ledger, _chain.Genesis, _chain.Definition.Consensus.GenesisSeal.Span);
        fresh.Write(genesis.Writes, Durability.Durable);
        IHeaderRules rules = _chain.Definition.Consensus.CreateRules(genesis.Block.Header);
        for (int i = 1; i < _blocks.Count; i++)
        {
            BlockActivity? activity = rules.ActivityBefore(_blocks[i].Height, new AncestorsInList(_blocks, i));
            var job = new ExecuteBlockJob(
                _chain.Definition.Ledger, genesis.Block.Id, _blocks[i - 1].Header.Fields.StateRoot, _blocks[i], activity);
            var executed = (BlockExecuted)job.Run(fresh);
            if (!executed.IsValid)
            {
                throw Wrong($"executed anew, a block is invalid: {executed.Reason}");
            }

            fresh.Write(executed.Writes, Durability.Durable);
        }
    }

    private void CheckSupply(SimulatedDisk fresh)
    {
        ChainState state = _chain.StateOf(_node);
        ChainState again = ChainState.Open(fresh, _blocks[^1].Header.Fields.StateRoot);
        ulong sum = 0;
        foreach (AccountAddress holder in _chain.Holders)
        {
            ulong balance = _chain.Token.BalanceOf(state, holder);
            if (balance != _chain.Token.BalanceOf(again, holder))
            {
                throw Wrong($"account {holder} has {balance} on the disk, another balance when executed anew");
            }

            sum += balance;
        }

        ulong supply = _chain.Token.SupplyOf(state);
        if (sum != supply)
        {
            throw Wrong($"the balances sum up to {sum}, the supply is {supply}");
        }
    }

    private SimulationException Wrong(string what) => new($"audit of {_node.Name}: {what}");

    private sealed class AncestorsInList(List<Block> blocks, int index) : IAncestors
    {
        public bool TryGet(ulong distance, [NotNullWhen(true)] out BlockHeader? ancestor)
        {
            ancestor = distance <= (ulong)index ? blocks[index - (int)distance].Header : null;
            return ancestor is not null;
        }
    }
}
