using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>How a node meets its peers. Checked once, by <see cref="GossipMachine"/>'s constructor.</summary>
public sealed record GossipOptions
{
    /// <summary>The newest protocol version that this code speaks.</summary>
    public const uint CurrentVersion = 1;

    /// <summary>The network's number; peers of another are refused.</summary>
    public required uint Network { get; init; }

    /// <summary>The chain's genesis id; peers with another are refused.</summary>
    public required BlockId Genesis { get; init; }

    /// <summary>The oldest protocol version to talk.</summary>
    /// <value>1 by default; from 1 to <see cref="MaxVersion"/>.</value>
    public uint MinVersion { get; init; } = 1;

    /// <summary>The newest protocol version to talk.</summary>
    /// <value><see cref="CurrentVersion"/> by default.</value>
    public uint MaxVersion { get; init; } = CurrentVersion;

    /// <summary>What this node offers.</summary>
    /// <value>All blocks, transactions, and what blocks change in the state by default.</value>
    public PeerCapabilities Capabilities { get; init; } =
        PeerCapabilities.FullHistory | PeerCapabilities.TransactionRelay | PeerCapabilities.StateChanges;

    /// <summary>Name and version of the software, for people.</summary>
    /// <value><c>chain-core/0.1</c> by default; at most <see cref="WireLimits.TextBytes"/> ASCII characters.</value>
    public string Agent { get; init; } = "chain-core/0.1";

    /// <summary>Connections and addresses.</summary>
    public PeerOptions Peers { get; init; } = new();

    /// <summary>What a peer may make this node spend.</summary>
    public BudgetOptions Budgets { get; init; } = new();

    /// <summary>Relay of transactions and announcements of blocks.</summary>
    public RelayOptions Relay { get; init; } = new();

    /// <summary>Catch-up.</summary>
    public SyncOptions Sync { get; init; } = new();

    /// <summary>All, but in tests of what they are good for.</summary>
    internal Protections Protections { get; init; } = Protections.All;

    internal void Validate()
    {
        OptionRange.Check(MinVersion, 1u, MaxVersion, nameof(MinVersion));
        OptionRange.Check(Agent.Length, 0, WireLimits.TextBytes, nameof(Agent));
        foreach (char character in Agent)
        {
            OptionRange.Check(character, ' ', '~', nameof(Agent));
        }

        Peers.Validate();
        Budgets.Validate();
        Relay.Validate();
        Sync.Validate();
    }
}
