using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>A validator set as seals carry it: <c>[[key, stake], …]</c>, Ed25519 keys only.</summary>
internal static class ValidatorSetCodec
{
    private const int MinElementBytes = 1 + 2 + Ed25519.PublicKeySize + 1;

    public static byte[] Encode(ValidatorSet set)
    {
        var writer = new WireWriter(16 + (set.Validators.Count * 48)).ArrayHeader(set.Validators.Count);
        foreach (Validator validator in set.Validators)
        {
            writer.ArrayHeader(2).Bytes(validator.Key.PublicKey.Span).UInt64(validator.Stake);
        }

        return writer.ToArray();
    }

    /// <summary>Reads a set that fills the bytes and that <see cref="StakeTable.TryCreate"/> accepts.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out StakeTable? table)
    {
        table = null;
        var reader = new WireReader(bytes);
        if (!reader.TryReadArrayHeader(StakeLimits.Validators, MinElementBytes, out int count))
        {
            return false;
        }

        var validators = new Validator[count];
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadArrayHeader(2)
                || !reader.TryReadExactBytes(Ed25519.PublicKeySize, out ReadOnlyMemory<byte> key)
                || !reader.TryReadUInt64(out ulong stake))
            {
                return false;
            }

            validators[i] = new Validator(new ValidatorKey(SignatureSchemeTag.Ed25519, key.ToArray()), stake);
        }

        return reader.TryEnd() && StakeTable.TryCreate(new ValidatorSet(validators), out table);
    }
}
