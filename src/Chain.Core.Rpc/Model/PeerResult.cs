using System.ComponentModel;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>A peer that has said hello.</summary>
internal sealed record PeerResult(
    [property: Description("Its static key.")] Hash256 Id,
    [property: Description("Where it is.")] string Address,
    [property: Description("inbound or outbound.")] string Direction,
    [property: Description("What it calls its software; a claim.")] string Agent,
    [property: Description("The height that it last spoke of; a claim.")] BlockHeight Height,
    [property: Description("How long its last pong took; null before the first.")] double? RoundTripMilliseconds,
    [property: Description("How long ago it was last heard.")] double SilenceMilliseconds,
    [property: Description("Points of misbehaviour; 0 is best.")] int Score,
    [property: Description("good, slow, congested or suspect.")] string Health);
