namespace Chain.Core.Protocol;

/// <summary>The machines inside a full node.</summary>
internal enum NodePart
{
    Gossip = 1,
    Mempool = 2,
    Engine = 3,
    Chain = 4,

    /// <summary>The engine's jobs beside its searches, numbered by themselves.</summary>
    EngineWork = 5,
    Evidence = 6,
}
