using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// What the first block of an epoch carries of validators: <c>[hash of the set of this epoch, set of the next]</c>. The hash
/// lets a light client check a set that it was given; the set is why sync needs no state.
/// </summary>
internal static class EpochSets
{
    private static readonly HashDomain Domain = new("chain-core/pos/validators/v1");

    /// <summary>The hash of a set.</summary>
    public static Hash256 HashOf(ValidatorSet set) => Domain.Hash(ValidatorSetCodec.Encode(set));

    public static byte[] Encode(ValidatorSet current, ReadOnlySpan<byte> next)
    {
        Hash256 hash = HashOf(current);
        return new WireWriter(64 + next.Length).ArrayHeader(2).Hash(in hash).Bytes(next).ToArray();
    }

    public static bool TryDecode(ReadOnlyMemory<byte> bytes, SetReader sets, out Hash256 current, [NotNullWhen(true)] out StakeTable? next)
    {
        next = null;
        current = default;
        var reader = new WireReader(bytes);
        return reader.TryReadArrayHeader(2)
            && reader.TryReadHash(out current)
            && reader.TryReadBytes(StakeLimits.SetBytes, out ReadOnlyMemory<byte> set)
            && reader.TryEnd()
            && sets.TryRead(set, out next);
    }
}
