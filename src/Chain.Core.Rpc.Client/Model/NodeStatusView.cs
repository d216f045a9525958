using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>The node and its chain.</summary>
/// <param name="Software">The server's software and version.</param>
/// <param name="ChainName">The name of the chain.</param>
/// <param name="Network">The number of the network.</param>
/// <param name="Genesis">The id of the first block; signatures commit to it.</param>
/// <param name="Consensus">The consensus engine.</param>
/// <param name="Modules">The modules.</param>
/// <param name="Head">The head.</param>
/// <param name="Finalized">The newest block that can never be undone.</param>
/// <param name="Peers">How many peers have said hello.</param>
/// <param name="IsIndexed">Whether transactions can be found by their ids.</param>
public sealed record NodeStatusView(
    string Software,
    string ChainName,
    uint Network,
    BlockId Genesis,
    string Consensus,
    IReadOnlyList<string> Modules,
    BlockPlace Head,
    BlockPlace Finalized,
    int Peers,
    bool IsIndexed);
