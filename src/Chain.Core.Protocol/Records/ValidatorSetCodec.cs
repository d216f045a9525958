using System.Diagnostics.CodeAnalysis;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>The canonical form of validators in the store: a list of <c>[scheme, key, stake]</c>.</summary>
internal static class ValidatorSetCodec
{
    private const int MaxValidators = 1 << 16;
    private const int MinValidatorBytes = 4;

    public static byte[] Encode(ValidatorSet validators)
    {
        WireWriter writer = new WireWriter().ArrayHeader(validators.Validators.Count);
        foreach (Validator validator in validators.Validators)
        {
            writer.ArrayHeader(3).UInt64((byte)validator.Key.Scheme).Bytes(validator.Key.PublicKey.Span).UInt64(validator.Stake);
        }

        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out ValidatorSet? validators)
    {
        validators = null;
        var reader = new WireReader(bytes);
        if (!reader.TryReadArrayHeader(MaxValidators, MinValidatorBytes, out int count))
        {
            return false;
        }

        var read = new Validator[count];
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadArrayHeader(3)
                || !reader.TryReadByte(out byte scheme)
                || !reader.TryReadBytes(WireLimits.PublicKeyBytes, out ReadOnlyMemory<byte> key)
                || !reader.TryReadUInt64(out ulong stake))
            {
                return false;
            }

            read[i] = new Validator(new ValidatorKey((SignatureSchemeTag)scheme, key), stake);
        }

        validators = new ValidatorSet(read);
        return reader.TryEnd();
    }
}
