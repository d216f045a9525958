using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>The peers.</summary>
internal sealed record PeersResult(
    [property: Description("How many have said hello.")] int Count,
    [property: Description("Each of them.")] IReadOnlyList<PeerResult> Peers);
