using System.Diagnostics.Metrics;
using System.Net;
using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core;

/// <summary>Collects what a node of a Generic Host is made of. A wrong value throws where it is given.</summary>
public sealed class ChainNodeBuilder
{
    private readonly List<Module> _modules = [];
    private readonly List<PeerAddress> _connect = [];
    private ChainDefinition? _chain;
    private Func<ChainNodeOptions, ChainNodeOptions> _change = static options => options;
    private GenesisSpec? _genesis;
    private IConsensusPlugin? _consensus;
    private Func<IKeyValueStore> _store = static () => new MemoryStore();
    private IPEndPoint? _listen;
    private EngineOptions _engine = new();
    private int _stateWindow = FullNodeOptions.DefaultStateWindow;
    private bool _indexesTransactions;

    /// <summary>What the chain begins with.</summary>
    public ChainNodeBuilder UseGenesis(GenesisSpec genesis)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        _genesis = genesis;
        return this;
    }

    /// <summary>Which consensus plug-in the chain has.</summary>
    public ChainNodeBuilder UseConsensus(IConsensusPlugin consensus)
    {
        ArgumentNullException.ThrowIfNull(consensus);
        _consensus = consensus;
        return this;
    }

    /// <summary>A whole chain, in place of its genesis, consensus and modules one by one.</summary>
    public ChainNodeBuilder UseChain(ChainDefinition chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        _chain = chain;
        return this;
    }

    /// <summary>Changes the options that all else made, when the host starts: keys, limits, the clock.</summary>
    /// <param name="change">Gives the options that the node gets; what throws here fails the start.</param>
    public ChainNodeBuilder Configure(Func<ChainNodeOptions, ChainNodeOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Func<ChainNodeOptions, ChainNodeOptions> before = _change;
        _change = options => change(before(options));
        return this;
    }

    /// <summary>Adds a module with its default settings.</summary>
    public ChainNodeBuilder AddModule<TModule>()
        where TModule : Module, new() => AddModule(new TModule());

    /// <summary>Adds a module.</summary>
    public ChainNodeBuilder AddModule(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        _modules.Add(module);
        return this;
    }

    /// <summary>Where the chain is kept; in memory without this. The store is opened when the host starts.</summary>
    public ChainNodeBuilder UseStore(Func<IKeyValueStore> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        _store = open;
        return this;
    }

    /// <summary>Where the node takes connections: <c>host:port</c> with an IP address.</summary>
    /// <exception cref="FormatException">The text is no IP end point.</exception>
    public ChainNodeBuilder Listen(string endPoint)
    {
        _listen = IPEndPoint.TryParse(endPoint, out IPEndPoint? parsed) && endPoint.Contains(':', StringComparison.Ordinal)
            ? parsed
            : throw new FormatException($"'{endPoint}' is no end point: expected an IP address and a port such as 0.0.0.0:7000.");
        return this;
    }

    /// <summary>A peer to start from: <c>host:port</c>. May be said several times.</summary>
    /// <exception cref="FormatException">The text is no peer address.</exception>
    public ChainNodeBuilder Connect(string address)
    {
        _connect.Add(PeerAddress.TryParse(address, out PeerAddress? parsed)
            ? parsed
            : throw new FormatException($"'{address}' is no peer address: expected a host and a port such as seed.example:7000."));
        return this;
    }

    /// <summary>Has the node make blocks.</summary>
    public ChainNodeBuilder ProduceBlocks(EngineOptions? options = null)
    {
        _engine = (options ?? new EngineOptions()) with { ProducesBlocks = true };
        return this;
    }

    /// <summary>How many blocks below the head keep their states; 0 for all. See <see cref="FullNodeOptions.StateWindow"/>.</summary>
    public ChainNodeBuilder KeepStates(int blocks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(blocks);
        _stateWindow = blocks;
        return this;
    }

    /// <summary>Keeps the place of every transaction, so that it can be asked for by its id.</summary>
    public ChainNodeBuilder IndexTransactions()
    {
        _indexesTransactions = true;
        return this;
    }

    internal ChainDefinition BuildChain()
    {
        if (_chain is null)
        {
            return DefineChain();
        }

        return _genesis is null && _consensus is null && _modules.Count == 0
            ? _chain
            : throw new InvalidOperationException("UseChain(…) says all of a chain: leave UseGenesis, UseConsensus and AddModule out.");
    }

    internal ChainNodeOptions BuildOptions(ChainDefinition chain, IMeterFactory? meters) => _change(new ChainNodeOptions
    {
        Chain = chain,
        Store = _store(),
        Listen = _listen,
        Connect = _connect,
        Engine = _engine,
        StateWindow = _stateWindow,
        IndexesTransactions = _indexesTransactions,
        Meters = meters,
    });

    private ChainDefinition DefineChain() => new(
        _consensus ?? throw new InvalidOperationException("The chain has no consensus: say UseConsensus(…)."),
        new LedgerDefinition(_modules),
        _genesis ?? throw new InvalidOperationException("The chain has no genesis: say UseGenesis(…)."));
}
