using System.ComponentModel;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>The node and its chain.</summary>
internal sealed record NodeStatusResult(
    [property: Description("The server's software and version.")] string Software,
    [property: Description("The name of the chain.")] string ChainName,
    [property: Description("The number of the network.")] uint Network,
    [property: Description("The id of the first block; signatures commit to it.")] BlockId Genesis,
    [property: Description("The consensus engine.")] string Consensus,
    [property: Description("The modules, in the order of the state root.")] IReadOnlyList<string> Modules,
    [property: Description("The head.")] BlockPlace Head,
    [property: Description("The newest block that can never be undone.")] BlockPlace Finalized,
    [property: Description("How many peers have said hello.")] int Peers,
    [property: Description("Whether transactions can be found by their ids.")] bool IsIndexed);
