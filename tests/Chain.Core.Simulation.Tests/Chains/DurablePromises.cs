using Chain.Core.Consensus;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation.Tests.Chains;

/// <summary>What nodes told that their heads are: after a loss of power a node must know each of them and be no lower.</summary>
internal sealed class DurablePromises
{
    private readonly Dictionary<SimulatedNode, (BlockId Head, UInt256 Weight)> _told = [];

    public DurablePromises(SimulatedChain chain) => chain.Tally.Observed += Observe;

    /// <summary>How many restarts were checked.</summary>
    public int Checked { get; private set; }

    private void Observe(SimulatedNode node, NodeEvent happened)
    {
        switch (happened)
        {
            case NodeEvent.HeadMoved moved:
                SimulatedChain.MachineOf(node).Tree.TryGet(moved.Head.Id, out BlockTreeNode? head);
                _told[node] = (moved.Head.Id, head!.Weight);
                break;
            case NodeEvent.Ready when _told.TryGetValue(node, out (BlockId Head, UInt256 Weight) told):
                IBlockTree tree = SimulatedChain.MachineOf(node).Tree;
                if (!tree.TryGet(told.Head, out _) || tree.Head.Weight < told.Weight)
                {
                    throw new SimulationException($"{node.Name} told that its head is {told.Head}, and has lost it");
                }

                Checked++;
                break;
        }
    }
}
