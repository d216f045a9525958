namespace Chain.Core.App.Testnet;

/// <summary><c>testnet.json</c>: what a testnet is and who of it runs.</summary>
/// <param name="Chain">The name of the chain.</param>
/// <param name="Consensus">The engine of a chain of the tool's own; null where the program defines the chain.</param>
/// <param name="Nodes">The nodes, by their numbers.</param>
/// <param name="Groups">The numbers of the nodes that reach each other, while the network is split; null where it is whole.</param>
internal sealed record TestnetState(string Chain, string? Consensus, IReadOnlyList<TestnetNodeState> Nodes, IReadOnlyList<IReadOnlyList<int>>? Groups = null)
{
    /// <summary>The numbers of the nodes that a node must not reach.</summary>
    public IEnumerable<int> CutOffFrom(int node) => Groups is null
        ? []
        : Groups.Where(group => !group.Contains(node)).SelectMany(static group => group);
}
