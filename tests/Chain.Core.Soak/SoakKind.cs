namespace Chain.Core.Soak;

/// <summary>What the nodes of a run are.</summary>
public enum SoakKind
{
    /// <summary>Processes that are killed with SIGKILL; wires between them are proxies that can be cut.</summary>
    Processes,

    /// <summary>Nodes in this process.</summary>
    InProcess,

    /// <summary>
    /// Processes in network namespaces, between which messages get lost without a word, and slowly through. Wants root and
    /// the programs <c>ip</c>, <c>tc</c> and <c>nft</c>.
    /// </summary>
    Namespaces,

    /// <summary>
    /// Processes of the tool, proof of stake, which nobody disturbs and which clients of every kind are connected to; asked is
    /// whether anything grows.
    /// </summary>
    Quiet,
}
