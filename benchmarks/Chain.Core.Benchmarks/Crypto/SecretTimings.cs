using System.Runtime.CompilerServices;
using Chain.Core.Benchmarks.Timing;
using Chain.Core.Crypto;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>
/// What Chain.Core.Crypto computes itself on secrets; the rest is BouncyCastle's or the platform's (docs/security.md).
/// </summary>
internal static class SecretTimings
{
    private const int ScalarSize = 32;

    private static readonly byte[] Challenge = [.. Enumerable.Range(1, 16).Select(i => (byte)(37 * i % 251))];
    private static readonly byte[] Nonce = [.. Enumerable.Range(1, 31).Select(i => (byte)(91 * i % 251)), 5];
    private static readonly byte[] Message = [.. Enumerable.Range(0, 64).Select(i => (byte)i)];
    private static readonly EdwardsPoint Point = EdwardsPoint.Base.Double() + EdwardsPoint.Base;
    private static readonly byte[] Code = MakeCode();

    public static IReadOnlyList<TimingCase> All { get; } =
    [
        new()
        {
            // Keys are clamped: fixed is the one with a single bit, whose digits are all 0 but the first.
            Name = "vrf-key-times-point",
            SecretSize = ScalarSize,
            Fixed = [.. new byte[ScalarSize - 1], 0x40],
            Restrict = Clamp,
            Run = static secret => SecretEdwardsProduct.Compute(secret, Point),
        },
        new()
        {
            Name = "vrf-nonce-times-point",
            SecretSize = ScalarSize,
            Fixed = Nonce,
            Restrict = static secret => secret[^1] &= 0x0f,
            Run = static secret => SecretEdwardsProduct.Compute(secret, Point),
        },
        new()
        {
            Name = "vrf-secret-response",
            SecretSize = ScalarSize,
            Fixed = [.. new byte[ScalarSize - 1], 0x40],
            Restrict = Clamp,
            Run = static secret => SecretScalarField.Edwards25519.MultiplyAdd(Challenge, secret, Nonce, stackalloc byte[ScalarSize]),
        },
        new()
        {
            Name = "vrf-secret-nonce-response",
            SecretSize = ScalarSize,
            Fixed = new byte[ScalarSize],
            Restrict = static secret => secret[^1] &= 0x0f,
            Run = static secret => SecretScalarField.Edwards25519.MultiplyAdd(Challenge, Nonce, secret, stackalloc byte[ScalarSize]),
        },
        new()
        {
            Name = "vrf-fixed-nonce-response",
            SecretSize = ScalarSize,
            Fixed = Nonce,
            Restrict = static secret => secret[^1] &= 0x0f,
            Run = static secret => SecretScalarField.Edwards25519.MultiplyAdd(Challenge, Nonce, secret, stackalloc byte[ScalarSize]),
        },
        new()
        {
            Name = "vrf-nonce-reduction",
            SecretSize = 2 * ScalarSize,
            Fixed = new byte[2 * ScalarSize],
            Run = static secret => SecretScalarField.Edwards25519.Reduce(secret, stackalloc byte[ScalarSize]),
        },
        new()
        {
            Name = "schnorr-response",
            SecretSize = ScalarSize,
            Fixed = [.. new byte[ScalarSize - 1], 1],
            Restrict = static secret => secret[0] &= 0x7f,
            Run = static secret => SecretScalarField.Secp256k1.MultiplyAdd(Nonce, secret, Nonce, stackalloc byte[ScalarSize]),
        },
        new()
        {
            Name = "schnorr-nonce-response",
            SecretSize = ScalarSize,
            Fixed = [.. new byte[ScalarSize - 1], 1],
            Restrict = static secret => secret[0] &= 0x7f,
            Run = static secret => SecretScalarField.Secp256k1.MultiplyAdd(Nonce, Nonce, secret, stackalloc byte[ScalarSize]),
        },
        new()
        {
            Name = "bip32-child",
            SecretSize = ScalarSize,
            Fixed = [.. new byte[ScalarSize - 1], 1],
            Restrict = static secret => secret[0] &= 0x7f,
            Run = static secret => WeierstrassGroup.Secp256k1.TryAdd(Nonce, secret, stackalloc byte[ScalarSize]),
        },
        new()
        {
            Name = "negate-if-odd",
            SecretSize = ScalarSize,
            Fixed = [.. new byte[ScalarSize - 1], 1],
            Restrict = static secret => secret[0] &= 0x7f,
            Run = static secret =>
            {
                Span<byte> scalar = stackalloc byte[ScalarSize];
                secret.CopyTo(scalar);
                SecretScalarField.Secp256k1.NegateIfOdd(secret[^1], scalar);
            },
        },
        new()
        {
            // Fixed: the right code but for its last bit; random: wrong from the first byte on.
            Name = "hmac-verify",
            SecretSize = HmacSha256.Size,
            Fixed = [.. Code[..^1], (byte)(Code[^1] ^ 1)],
            Run = static secret => HmacSha256.Verify(Nonce, Message, secret),
        },
        new()
        {
            // The secret is not even read: what the machine alone makes of the measurement.
            Name = "null-constant-times-point",
            SecretSize = ScalarSize,
            Fixed = new byte[ScalarSize],
            Run = static _ => SecretEdwardsProduct.Compute(Nonce, Point),
        },
        new()
        {
            // The secret is read, and nothing of it is left: what the way into the operation makes of the measurement.
            Name = "null-masked-response",
            SecretSize = ScalarSize,
            Fixed = new byte[ScalarSize],
            Run = static secret =>
            {
                Span<byte> masked = stackalloc byte[ScalarSize];
                for (int i = 0; i < ScalarSize; i++)
                {
                    masked[i] = (byte)((secret[i] & 0) | Nonce[i]);
                }

                SecretScalarField.Edwards25519.MultiplyAdd(Challenge, Nonce, masked, masked);
            },
        },
        new()
        {
            Name = "control-public-product",
            SecretSize = ScalarSize,
            Fixed = [0xff, .. new byte[ScalarSize - 1]],
            Restrict = static secret => secret[^1] &= 0x0f,
            Run = static secret => DoubleScalarProduct.Compute(default, Scalar25519.Parse(secret), Point),
            IsControl = true,
        },
        new()
        {
            Name = "control-early-exit-compare",
            SecretSize = HmacSha256.Size,
            Fixed = [.. Code[..^1], (byte)(Code[^1] ^ 1)],
            Run = static secret => CompareUntilFirstDifference(secret),
            IsControl = true,
        },
        new()
        {
            // One jump that depends on one bit, in front of an operation that takes 80 ns: the least that must be found.
            Name = "control-jump-on-parity",
            SecretSize = ScalarSize,
            Fixed = [.. new byte[ScalarSize - 1], 1],
            Restrict = static secret => secret[0] &= 0x7f,
            Run = static secret =>
            {
                Span<byte> scalar = stackalloc byte[ScalarSize];
                secret.CopyTo(scalar);
                if ((secret[^1] & 1) == 0)
                {
                    TakeNoTime();
                }

                SecretScalarField.Secp256k1.NegateIfOdd(secret[^1], scalar);
            },
            IsControl = true,
        },
    ];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TakeNoTime()
    {
    }

    private static void Clamp(Span<byte> secret)
    {
        secret[0] &= 0xf8;
        secret[^1] = (byte)((secret[^1] & 0x7f) | 0x40);
    }

    private static byte[] MakeCode()
    {
        var code = new byte[HmacSha256.Size];
        HmacSha256.Compute(Nonce, Message, code);
        return code;
    }

    private static bool CompareUntilFirstDifference(ReadOnlySpan<byte> other)
    {
        for (int i = 0; i < Code.Length; i++)
        {
            if (Code[i] != other[i])
            {
                return false;
            }
        }

        return true;
    }
}
