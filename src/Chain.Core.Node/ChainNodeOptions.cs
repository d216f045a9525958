using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Gossip;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Transport;
using Chain.Core.Wire;

namespace Chain.Core.Node;

/// <summary>What a node is. Immutable; checked when the node starts.</summary>
public sealed record ChainNodeOptions
{
    /// <summary>The chain to follow.</summary>
    public required ChainDefinition Chain { get; init; }

    /// <summary>Where the chain is kept. The node disposes it.</summary>
    public required IKeyValueStore Store { get; init; }

    /// <summary>Where the node takes connections; port 0 lets the system choose.</summary>
    /// <value>Null by default: it takes none.</value>
    public IPEndPoint? Listen { get; init; }

    /// <summary>What peers are told to dial.</summary>
    /// <value>Null by default: they are told nothing.</value>
    public PeerAddress? Advertise { get; init; }

    /// <summary>Peers to start from.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<PeerAddress> Connect { get; init; } = [];

    /// <summary>Changes to the gossip options of the chain, for example slots, budgets and what is told of other peers.</summary>
    /// <value>No change by default.</value>
    public Func<GossipOptions, GossipOptions> Gossip { get; init; } = static options => options;

    /// <summary>What the consensus engine does beside following the chain.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>The secret of the node's identity: an X25519 private key of 32 bytes.</summary>
    /// <value>A fresh one by default.</value>
    public ReadOnlyMemory<byte> Identity { get; init; } = RandomNumberGenerator.GetBytes(X25519.KeySize);

    /// <summary>Signs votes and proposals.</summary>
    /// <value>Null by default: the node signs nothing.</value>
    public ISigner? Signer { get; init; }

    /// <inheritdoc cref="FullNodeOptions.SignerIsNew"/>
    public bool SignerIsNew { get; init; }

    /// <inheritdoc cref="FullNodeOptions.SigningWitness"/>
    public ISigningWitness? SigningWitness { get; init; }

    /// <inheritdoc cref="FullNodeOptions.Randomness"/>
    public IRandomnessProver? Randomness { get; init; }

    /// <inheritdoc cref="FullNodeOptions.EvidenceFee"/>
    public ulong EvidenceFee { get; init; }

    /// <inheritdoc cref="FullNodeOptions.StateWindow"/>
    public int StateWindow { get; init; } = FullNodeOptions.DefaultStateWindow;

    /// <inheritdoc cref="FullNodeOptions.IndexesTransactions"/>
    public bool IndexesTransactions { get; init; }

    /// <summary>Whom the node has nothing to do with from the start: see <see cref="ChainNode.BarPeers"/>.</summary>
    /// <value>Nobody by default.</value>
    public IReadOnlyCollection<PeerId> BarredPeers { get; init; } = [];

    /// <summary>Whose coins <see cref="DevControls.FundAsync"/> gives away; null where it gives none. Only for dev chains.</summary>
    public ISigner? Faucet { get; init; }

    /// <summary>Threads for signature batches, execution and nonce search.</summary>
    /// <value>One for each processor by default; at least 1.</value>
    public int JobThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>Limits of the transport.</summary>
    public TransportOptions Transport { get; init; } = new();

    /// <summary>Makes the node's meters <c>Chain.Core.Node</c>, <c>Chain.Core.Gossip</c> and <c>Chain.Core.Transport</c>.</summary>
    /// <value>Null by default: the node makes its own, which every listener of the process sees.</value>
    public IMeterFactory? Meters { get; init; }

    /// <summary>
    /// How many of a million transactions have a trace, from the submission over every hop to finality, by the activity sources
    /// <c>Chain.Core.Node</c>, <c>Chain.Core.Gossip</c> and <c>Chain.Core.Rpc</c>. Which ones follows from their ids, so that all
    /// nodes of one number trace the same, and each transaction has one trace over all nodes.
    /// </summary>
    /// <value>0 by default: none; at most 1,000,000. Nothing is made while nobody listens.</value>
    public int TracedPerMillion { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
