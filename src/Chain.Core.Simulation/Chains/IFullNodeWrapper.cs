using Chain.Core.Protocol;

namespace Chain.Core.Simulation;

/// <summary>A machine around a full node, for example an adversary that changes what the node hears or says.</summary>
public interface IFullNodeWrapper
{
    /// <summary>The node inside.</summary>
    FullNode Node { get; }
}
