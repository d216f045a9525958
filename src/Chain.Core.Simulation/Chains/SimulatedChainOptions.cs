using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>What a <see cref="SimulatedChain"/> begins with. Immutable.</summary>
public sealed record SimulatedChainOptions
{
    /// <summary>Seed, network, disk and jobs.</summary>
    public SimulatorOptions Simulator { get; init; } = new();

    /// <summary>How many accounts have coins at genesis.</summary>
    /// <value>16 by default; at least 1.</value>
    public int Accounts { get; init; } = 16;

    /// <summary>How many coins each of them has.</summary>
    /// <value>1,000,000 by default.</value>
    public ulong Funds { get; init; } = 1_000_000;

    /// <summary>
    /// Accounts with coins at genesis beside those, for example of validators; also those that get coins later, with 0, so
    /// that all coins can be counted.
    /// </summary>
    /// <value>None by default.</value>
    public IReadOnlyList<(AccountAddress Account, ulong Amount)> Funded { get; init; } = [];

    /// <summary>What the chain can do beside moving coins, each with its genesis data.</summary>
    /// <value>Nothing by default.</value>
    public IReadOnlyList<(Module Module, ReadOnlyMemory<byte> Genesis)> Modules { get; init; } = [];

    /// <summary>The signature schemes that senders may use.</summary>
    /// <value>Null by default, for Ed25519.</value>
    public SignatureSchemes? Schemes { get; init; }

    /// <summary>What transactions and blocks may cost.</summary>
    /// <value>Null by default, for the limits that a chain has unless it says otherwise.</value>
    public LedgerLimits? Limits { get; init; }

    /// <summary>How many earlier nodes, chosen at random, each node starts from, beside the one before it.</summary>
    /// <value>2 by default; not negative.</value>
    public int Chords { get; init; } = 2;

    /// <summary>Connections that each node tries to hold by dialling.</summary>
    /// <value>8 by default.</value>
    public int OutboundSlots { get; init; } = 8;

    /// <summary>Changes to the options of every node, for example its limits.</summary>
    /// <value>No change by default.</value>
    public Func<FullNodeOptions, FullNodeOptions> Node { get; init; } = options => options;

    /// <summary>What a mempool holds at most, and how it chooses.</summary>
    public MempoolOptions Mempool { get; init; } = new();

    /// <summary>The time of the genesis header.</summary>
    /// <value>Null by default: the time at which the simulation starts.</value>
    public UnixTime? GenesisTime { get; init; }
}
