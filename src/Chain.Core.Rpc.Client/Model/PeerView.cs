using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>A peer of the node.</summary>
/// <param name="Id">Its static key.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Direction"><c>inbound</c> or <c>outbound</c>.</param>
/// <param name="Agent">What it calls its software; a claim.</param>
/// <param name="Height">The height that it last spoke of; a claim.</param>
/// <param name="SilenceMilliseconds">How long ago it was last heard.</param>
/// <param name="Score">Points of misbehaviour; 0 is best.</param>
/// <param name="Health"><c>good</c>, <c>slow</c>, <c>congested</c> or <c>suspect</c>.</param>
/// <param name="RoundTripMilliseconds">How long its last pong took; null before the first.</param>
public sealed record PeerView(
    Hash256 Id,
    string Address,
    string Direction,
    string Agent,
    BlockHeight Height,
    double SilenceMilliseconds,
    int Score,
    string Health,
    double? RoundTripMilliseconds = null);
