namespace Chain.Core.Rpc.Client;

/// <summary>The peers of the node.</summary>
/// <param name="Count">How many have said hello.</param>
/// <param name="Peers">Each of them.</param>
public sealed record PeersView(int Count, IReadOnlyList<PeerView> Peers);
