using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>Nakamoto's consensus: the chain with the most work is the head, and nothing is ever final.</summary>
public sealed class ProofOfWorkConsensus : IConsensusPlugin
{
    private readonly ProofOfWorkOptions _options;
    private readonly ProofOfWorkRules _rules;

    /// <summary>Uses these options; the defaults where null.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public ProofOfWorkConsensus(ProofOfWorkOptions? options = null)
    {
        _options = options ?? new ProofOfWorkOptions();
        _options.Validate();
        _rules = new ProofOfWorkRules(_options);
    }

    /// <inheritdoc/>
    public string Name => "pow";

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> GenesisSeal => new ProofOfWorkSeal(_options.InitialTarget ?? _options.TargetLimit, 0).Encode();

    /// <inheritdoc/>
    public IHeaderRules CreateRules(BlockHeader genesis) => _rules;

    /// <inheritdoc/>
    public IConsensusEngine CreateEngine(BlockHeader genesis, IBlockTree tree, EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.SearchLanes, nameof(options));
        return new ProofOfWorkEngine(_options, _rules, tree, options);
    }
}
