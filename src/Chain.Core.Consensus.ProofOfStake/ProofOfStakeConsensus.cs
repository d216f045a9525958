using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// Stake-weighted Byzantine agreement in the manner of Simplex (Chan and Pass 2023): a block is final three message
/// delays after it was proposed, and stays so while less than a third of the stake is faulty.
/// </summary>
public sealed class ProofOfStakeConsensus : IConsensusPlugin
{
    private readonly ProofOfStakeOptions _options;
    private readonly IStakeCrypto _crypto;
    private readonly Func<View, int>? _leaders;
    private readonly byte[] _encodedSet;
    private readonly StakeTable _table;

    /// <summary>Uses these options.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public ProofOfStakeConsensus(ProofOfStakeOptions options)
        : this(options, RealStakeCrypto.Instance, null)
    {
    }

    /// <summary>Uses these options with other cryptography, or other leaders than those that are drawn.</summary>
    internal ProofOfStakeConsensus(ProofOfStakeOptions options, IStakeCrypto crypto, Func<View, int>? leaders)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _crypto = crypto;
        _leaders = leaders;
        _encodedSet = ValidatorSetCodec.Encode(options.Validators);
        _table = StakeTable.TryCreate(options.Validators, out StakeTable? table)
            ? table
            : throw new ArgumentException("These validators cannot vote: see StakeTable.TryCreate.", nameof(options));
        GenesisSeal = new StakeSeal
        {
            View = View.Genesis,
            ParentCertificate = default,
            Proof = default,
            Randomness = Hash256.Zero,
            Sets = _encodedSet,
        }.Encode();
    }

    /// <inheritdoc/>
    public string Name => "pos";

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> GenesisSeal { get; }

    /// <inheritdoc/>
    public IHeaderRules CreateRules(BlockHeader genesis) => NewRules(genesis);

    /// <inheritdoc/>
    public IConsensusEngine CreateEngine(BlockHeader genesis, IBlockTree tree, EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(options);
        return new SimplexEngine(new EngineScope(genesis, NewRules(genesis), _options, _crypto, tree, options));
    }

    /// <summary>What a light client of the chain of <paramref name="genesis"/> checks blocks by.</summary>
    public StakeFinality CreateFinality(BlockHeader genesis) => new(genesis, _options);

    private ProofOfStakeRules NewRules(BlockHeader genesis)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        return new ProofOfStakeRules(genesis, _options, new SetReader(_encodedSet, _table), _crypto, _leaders);
    }
}
