using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>A block that a peer sent unasked; nothing of it is checked.</summary>
internal sealed record PushedBlock(ConnectionId From, Block Block);
