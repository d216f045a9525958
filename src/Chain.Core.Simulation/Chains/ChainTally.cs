using Chain.Core.Machines;
using Chain.Core.Protocol;

namespace Chain.Core.Simulation;

/// <summary>Counts what the nodes of a <see cref="SimulatedChain"/> tell.</summary>
public sealed class ChainTally
{
    private readonly List<(SimulatedNode Node, NodeEvent.BlockRefused Event)> _refused = [];

    internal ChainTally(SimulatedChain chain) => chain.Simulator.EventObserved += Observe;

    /// <summary>Reorganisations, those of all nodes together.</summary>
    public int Reorganisations { get; private set; }

    /// <summary>The most blocks that one of them undid.</summary>
    public int DeepestReorganisation { get; private set; }

    /// <summary>Transactions that reorganisations undid, those of all nodes together.</summary>
    public int UndoneTransactions { get; private set; }

    /// <summary>Blocks that were stored, those of all nodes together.</summary>
    public int StoredBlocks { get; private set; }

    /// <summary>Blocks that a node found invalid.</summary>
    public IReadOnlyList<(SimulatedNode Node, NodeEvent.BlockRefused Event)> RefusedBlocks => _refused;

    /// <summary>How often a transaction was taken into a mempool, those of all nodes together.</summary>
    public int AdmittedTransactions { get; private set; }

    /// <summary>How often a peer was blamed for something.</summary>
    public int Misbehaviours { get; private set; }

    /// <summary>Told of every domain event of every node, in order.</summary>
    public Action<SimulatedNode, NodeEvent>? Observed { get; set; }

    private void Observe(SimulatedNode node, DomainEvent happened)
    {
        switch (happened)
        {
            case NodeEvent.HeadMoved { Unapplied.Count: > 0 } moved:
                Reorganisations++;
                DeepestReorganisation = int.Max(DeepestReorganisation, moved.Unapplied.Count);
                UndoneTransactions += moved.Unapplied.Sum(block => block.Transactions.Count);
                break;
            case NodeEvent.BlockStored:
                StoredBlocks++;
                break;
            case NodeEvent.BlockRefused refused:
                _refused.Add((node, refused));
                break;
            case NodeEvent.TransactionAdmitted:
                AdmittedTransactions++;
                break;
            case NodeEvent.Peers { Event: Gossip.GossipEvent.PeerMisbehaved }:
                Misbehaviours++;
                break;
        }

        if (happened is NodeEvent told)
        {
            Observed?.Invoke(node, told);
        }
    }
}
