using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>What a <see cref="LightClient"/> needs of this engine.</summary>
public sealed class StakeFinality : IFinalityRules
{
    private readonly ProofOfStakeRules _rules;
    private readonly BlockId _genesis;

    /// <summary>For the chain of <paramref name="genesis"/>.</summary>
    /// <exception cref="ArgumentException">The genesis header carries no validator set.</exception>
    public StakeFinality(BlockHeader genesis, ProofOfStakeOptions options)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        ArgumentNullException.ThrowIfNull(options);
        _rules = new ProofOfStakeRules(genesis, options, new SetReader(), RealStakeCrypto.Instance, null);
        _genesis = genesis.Id;
    }

    /// <inheritdoc/>
    public ulong EpochOf(BlockHeight height) => _rules.Epochs.Schedule.EpochOf(height);

    /// <inheritdoc/>
    public bool BeginsEpoch(BlockHeight height) => _rules.Epochs.Schedule.IsFirst(height);

    /// <inheritdoc/>
    public bool VerifyCertificate(BlockHeader block, ReadOnlyMemory<byte> certificate, ValidatorSet validators) =>
        _rules.VerifyCertificate(block, certificate, validators);

    /// <inheritdoc/>
    public UInt128 SignedStake(ReadOnlyMemory<byte> certificate, ValidatorSet validators, ValidatorSet trusted)
    {
        ArgumentNullException.ThrowIfNull(validators);
        ArgumentNullException.ThrowIfNull(trusted);
        UInt128 stake = 0;
        if (Certificate.TryDecode(certificate, out Certificate? decoded) && StakeTable.TryCreate(trusted, out StakeTable? table))
        {
            foreach (int place in decoded.Places())
            {
                int other = place < validators.Validators.Count ? table.PlaceOf(validators.Validators[place].Key) : -1;
                stake += other < 0 ? 0 : table.Stake(other);
            }
        }

        return stake;
    }

    /// <inheritdoc/>
    public bool TryReadSets(BlockHeader header, out Hash256 current, [NotNullWhen(true)] out ValidatorSet? next)
    {
        ArgumentNullException.ThrowIfNull(header);
        current = default;
        StakeTable? table = null;
        bool read = StakeSeal.TryDecode(header.Seal, out StakeSeal? seal) && EpochSets.TryDecode(seal.Sets, _rules.Epochs.Sets, out current, out table);
        next = table?.Set;
        return read && next is not null;
    }

    /// <inheritdoc/>
    public Hash256 HashOf(ValidatorSet validators)
    {
        ArgumentNullException.ThrowIfNull(validators);
        return EpochSets.HashOf(validators);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> FindOffences(
        ReadOnlyMemory<byte> one, ValidatorSet validators, ReadOnlyMemory<byte> other, ValidatorSet otherValidators)
    {
        ArgumentNullException.ThrowIfNull(validators);
        ArgumentNullException.ThrowIfNull(otherValidators);
        List<ReadOnlyMemory<byte>> offences = [];
        if (!Certificate.TryDecode(one, out Certificate? first) || !Certificate.TryDecode(other, out Certificate? second)
            || !first.Statement.Excludes(second.Statement))
        {
            return offences;
        }

        foreach (Vote vote in first.Votes())
        {
            foreach (Vote against in second.Votes())
            {
                DoubleVote? proof = Prove(vote, validators, against, otherValidators);
                if (proof?.Verify(_genesis) == true)
                {
                    offences.Add(proof.Encode());
                }
            }
        }

        return offences;
    }

    /// <summary>
    /// Who made a fork of one epoch possible, of all certificates that nodes of both sides hold: those in headers, those of final
    /// blocks, those in the engines' records. With a quorum on each side, the validators found have at least a third of the stake.
    /// </summary>
    /// <param name="certificates">The certificates, in any order; what is malformed is passed over.</param>
    /// <param name="validators">Who votes in the epoch.</param>
    /// <returns>Proofs, one for each validator, in the order of the set.</returns>
    public IReadOnlyList<ReadOnlyMemory<byte>> FindOffences(IEnumerable<ReadOnlyMemory<byte>> certificates, ValidatorSet validators)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        ArgumentNullException.ThrowIfNull(validators);
        var proofs = new SortedDictionary<int, ReadOnlyMemory<byte>>();
        var bySigner = new SortedDictionary<(int Signer, ulong View), List<Vote>>();
        foreach (ReadOnlyMemory<byte> encoded in certificates)
        {
            if (Certificate.TryDecode(encoded, out Certificate? certificate))
            {
                Compare(certificate, validators, bySigner, proofs);
            }
        }

        return [.. proofs.Values];
    }

    private void Compare(
        Certificate certificate,
        ValidatorSet validators,
        SortedDictionary<(int Signer, ulong View), List<Vote>> bySigner,
        SortedDictionary<int, ReadOnlyMemory<byte>> proofs)
    {
        foreach (Vote vote in certificate.Votes())
        {
            if (!bySigner.TryGetValue((vote.Signer, vote.Statement.View.Value), out List<Vote>? others))
            {
                bySigner.Add((vote.Signer, vote.Statement.View.Value), others = []);
            }

            foreach (Vote other in others)
            {
                if (!proofs.ContainsKey(vote.Signer)
                    && vote.Statement.Excludes(other.Statement)
                    && Prove(vote, validators, other, validators) is DoubleVote proof
                    && proof.Verify(_genesis))
                {
                    proofs.Add(vote.Signer, proof.Encode());
                }
            }

            others.Add(vote);
        }
    }

    private static DoubleVote? Prove(in Vote one, ValidatorSet validators, in Vote other, ValidatorSet otherValidators)
    {
        if (one.Signer >= validators.Validators.Count || other.Signer >= otherValidators.Validators.Count)
        {
            return null;
        }

        ValidatorKey key = validators.Validators[one.Signer].Key;
        return key.Equals(otherValidators.Validators[other.Signer].Key)
            ? DoubleVote.Create(
                key, new DoubleVote.Signed(one.Statement, one.Signature), new DoubleVote.Signed(other.Statement, other.Signature))
            : null;
    }
}
