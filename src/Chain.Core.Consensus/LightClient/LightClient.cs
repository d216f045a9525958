using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>
/// Follows the final blocks of a chain by certificates alone, from a checkpoint: one block an epoch, or fewer where enough of
/// the stake that it trusts still votes. State is proved against <see cref="Trusted"/>'s state root.
/// </summary>
/// <remarks>
/// Sound while less than a third of each set's stake is faulty within the trust period. A jump over epochs asks for more than
/// a third of the newest set that is known: one of the signers is then correct, it signed a header that names the true
/// set of its epoch, and more than two thirds of that set signed.
/// </remarks>
public sealed class LightClient
{
    private readonly IFinalityRules _rules;
    private readonly LightClientOptions _options;
    private State _state;
    private State? _before;

    /// <summary>Starts from a checkpoint.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LightClient(IFinalityRules rules, LightCheckpoint checkpoint, LightClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(checkpoint);
        _rules = rules;
        _options = options ?? new LightClientOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.TrustPeriod, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.FutureLimit, TimeSpan.Zero, nameof(options));
        _state = new State(checkpoint, null);
    }

    /// <summary>The newest block that the client knows to be final.</summary>
    public BlockHeader Trusted => _state.Checkpoint.Header;

    /// <summary>All that the client needs to start again from here.</summary>
    public LightCheckpoint Checkpoint => _state.Checkpoint;

    /// <summary>Trusts a later block if it is proved to be final.</summary>
    /// <param name="block">The block, from anybody.</param>
    /// <param name="now">The client's clock.</param>
    public LightVerdict Accept(LightBlock block, UnixTime now)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (block.Header.Id == Trusted.Id)
        {
            return LightVerdict.AlreadyTrusted;
        }

        LightVerdict verdict = Check(_state.Checkpoint, block, now, out LightCheckpoint? next);
        if (next is not null)
        {
            _before = _state;
            _state = new State(next, block);
        }

        return verdict;
    }

    /// <summary>
    /// Compares the trusted block with what another source says is final at its height. One honest source is enough to find
    /// that the client was led astray in its last step.
    /// </summary>
    /// <param name="witness">The other source's block.</param>
    /// <param name="now">The client's clock.</param>
    /// <param name="fork">Both blocks, where they conflict and both are proved; show it to full nodes, and ask for a new checkpoint.</param>
    public bool TryFindFork(LightBlock witness, UnixTime now, [NotNullWhen(true)] out LightFork? fork)
    {
        ArgumentNullException.ThrowIfNull(witness);
        fork = null;
        if (_state.Block is not LightBlock own
            || _before is null
            || witness.Header.Height != own.Header.Height
            || witness.Header.Id == own.Header.Id
            || Check(_before.Checkpoint, witness, now, out _) != LightVerdict.Trusted)
        {
            return false;
        }

        fork = new LightFork(
            own,
            witness,
            _rules.FindOffences(own.Certificate, own.Validators, witness.Certificate, witness.Validators));
        return true;
    }

    private LightVerdict Check(LightCheckpoint known, LightBlock block, UnixTime now, out LightCheckpoint? next)
    {
        next = null;
        BlockHeader header = block.Header;
        if (now > known.Header.Time.Plus(_options.TrustPeriod))
        {
            return LightVerdict.TrustExpired;
        }

        if (header.Height <= known.Header.Height)
        {
            return LightVerdict.TooLow;
        }

        if (header.Time <= known.Header.Time)
        {
            return LightVerdict.TimeTooOld;
        }

        if (header.Time > now.Plus(_options.FutureLimit))
        {
            return LightVerdict.TimeTooNew;
        }

        ulong epoch = _rules.EpochOf(header.Height);
        ulong trusted = _rules.EpochOf(known.Header.Height);
        return epoch == trusted ? CheckSameEpoch(known, block, out next) : CheckLaterEpoch(known, block, epoch == trusted + 1, out next);
    }

    private LightVerdict CheckSameEpoch(LightCheckpoint known, LightBlock block, out LightCheckpoint? next)
    {
        next = null;
        if (!_rules.VerifyCertificate(block.Header, block.Certificate, known.Validators))
        {
            return LightVerdict.InvalidCertificate;
        }

        next = known with { Header = block.Header };
        return LightVerdict.Trusted;
    }

    private LightVerdict CheckLaterEpoch(LightCheckpoint known, LightBlock block, bool isNext, out LightCheckpoint? next)
    {
        next = null;
        if (!_rules.BeginsEpoch(block.Header.Height)
            || !_rules.TryReadSets(block.Header, out Hash256 current, out ValidatorSet? following))
        {
            return LightVerdict.NeedsFirstOfEpoch;
        }

        ValidatorSet validators = isNext ? known.NextValidators : block.Validators;
        if (_rules.HashOf(validators) != current)
        {
            return LightVerdict.WrongValidators;
        }

        if (!_rules.VerifyCertificate(block.Header, block.Certificate, validators))
        {
            return LightVerdict.InvalidCertificate;
        }

        if (!isNext && 3 * _rules.SignedStake(block.Certificate, validators, known.NextValidators) <= TotalOf(known.NextValidators))
        {
            return LightVerdict.TooFarAhead;
        }

        next = new LightCheckpoint(block.Header, validators, following);
        return LightVerdict.Trusted;
    }

    private static UInt128 TotalOf(ValidatorSet validators)
    {
        UInt128 total = 0;
        foreach (Validator validator in validators.Validators)
        {
            total += validator.Stake;
        }

        return total;
    }

    private sealed record State(LightCheckpoint Checkpoint, LightBlock? Block);
}
