using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>How a peer is, for people and faces.</summary>
/// <param name="Connection">Who it is, and who dialled.</param>
/// <param name="Agent">What it calls its software; a claim of at most <see cref="WireLimits.TextBytes"/> bytes.</param>
/// <param name="ClaimedHeight">The height of the head that it last spoke of; a claim, not a proof.</param>
/// <param name="RoundTrip">How long its last pong took; null before the first.</param>
/// <param name="Silence">How long ago it was last heard.</param>
/// <param name="Score">Points of misbehaviour: 0 is best, <see cref="PeerOptions.BanScore"/> bans.</param>
/// <param name="IsCongested">Whether so much waits to be sent to it that only what is urgent follows.</param>
public sealed record PeerReport(
    PeerConnection Connection, string Agent, BlockHeight ClaimedHeight, TimeSpan? RoundTrip, TimeSpan Silence, int Score, bool IsCongested);
