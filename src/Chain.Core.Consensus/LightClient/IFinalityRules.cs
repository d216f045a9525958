using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>
/// What a <see cref="LightClient"/> asks of an engine whose blocks become final by votes and whose validators change between
/// epochs. Pure; needs no running engine.
/// </summary>
public interface IFinalityRules
{
    /// <summary>The epoch of a height; genesis is in epoch 0.</summary>
    ulong EpochOf(BlockHeight height);

    /// <summary>Whether a block at this height is the first of its epoch: those headers name validators.</summary>
    bool BeginsEpoch(BlockHeight height);

    /// <inheritdoc cref="IHeaderRules.VerifyCertificate"/>
    bool VerifyCertificate(BlockHeader block, ReadOnlyMemory<byte> certificate, ValidatorSet validators);

    /// <summary>How much stake of <paramref name="trusted"/> signed a certificate that was verified with <paramref name="validators"/>.</summary>
    UInt128 SignedStake(ReadOnlyMemory<byte> certificate, ValidatorSet validators, ValidatorSet trusted);

    /// <summary>What the first header of an epoch says of validators; false for other headers.</summary>
    /// <param name="header">The header.</param>
    /// <param name="current">The <see cref="HashOf"/> the set of its epoch.</param>
    /// <param name="next">The set of the next epoch.</param>
    bool TryReadSets(BlockHeader header, out Hash256 current, [NotNullWhen(true)] out ValidatorSet? next);

    /// <summary>What headers name a set by.</summary>
    Hash256 HashOf(ValidatorSet validators);

    /// <summary>Proofs of offences that two certificates of conflicting blocks contain; empty where they contain none.</summary>
    IReadOnlyList<ReadOnlyMemory<byte>> FindOffences(
        ReadOnlyMemory<byte> one, ValidatorSet validators, ReadOnlyMemory<byte> other, ValidatorSet otherValidators);
}
