using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>
/// Consensus for development: one node makes blocks at will and the others follow. A seal proves nothing, so that
/// anybody who reaches such a network can write its history.
/// </summary>
public sealed class DevConsensus : IConsensusPlugin
{
    /// <summary>The command that makes a block at once, empty or not.</summary>
    public const string SealCommand = "seal";

    private readonly DevOptions _options;

    /// <summary>Uses these options; the defaults where null.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public DevConsensus(DevOptions? options = null)
    {
        _options = options ?? new DevOptions();
        if (_options.Interval is TimeSpan interval)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero, nameof(options));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.Seal.Length, WireLimits.SealBytes, nameof(options));
    }

    /// <inheritdoc/>
    public string Name => "dev";

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> GenesisSeal => _options.Seal;

    /// <inheritdoc/>
    public IHeaderRules CreateRules(BlockHeader genesis) => new DevRules(_options.Seal);

    /// <inheritdoc/>
    public IConsensusEngine CreateEngine(BlockHeader genesis, IBlockTree tree, EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(options);
        return new DevEngine(CreateRules(genesis), _options, tree, options.ProducesBlocks);
    }
}
