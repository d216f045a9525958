using System.Numerics;
using System.Security.Cryptography;
using static Chain.Core.Crypto.Tests.Signatures.Ed25519Cases;

namespace Chain.Core.Crypto.Tests.VerifiableRandom;

/// <summary>What a dishonest holder of a key can do: prove with Γ + T for a point T of order 8.</summary>
internal static class TorsionProof
{
    private const string OrderEight = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";

    /// <summary>Tries nonces until c is a multiple of 8: then c·T = 0, and the equation holds.</summary>
    public static byte[] Make(VrfSuite suite, byte[] seed, ReadOnlySpan<byte> input, Random random)
    {
        using var key = new VrfPrivateKey(seed);
        byte[] honest = key.Prove(suite, input);
        Assert.True(VrfInput.TryEncodeToCurve(suite, key.PublicKey.Span, input, out EdwardsPoint h));
        Assert.True(EdwardsPoint.TryDecode(honest.AsSpan(0, 32), out EdwardsPoint gamma));
        Assert.True(EdwardsPoint.TryDecode(Convert.FromHexString(OrderEight), out EdwardsPoint torsion));
        byte[] x = SHA512.HashData(seed)[..32];
        x[0] &= 0xf8;
        x[31] = (byte)((x[31] & 0x7f) | 0x40);

        var nonce = new byte[32];
        var encoded = new byte[4 * 32];
        var challenge = new byte[16];
        BigInteger k;
        do
        {
            random.NextBytes(nonce);
            k = Number(nonce) % Order;
            Scalar25519 scalar = Scalar25519.Parse(Bytes(k));
            CanonicalPoint.Encode(
                [h, gamma + torsion, DoubleScalarProduct.Compute(scalar, default, h), DoubleScalarProduct.Compute(default, scalar, h)],
                encoded);
            VrfTranscript.Challenge(
                suite, key.PublicKey.Span, encoded.AsSpan(0, 32), encoded.AsSpan(32, 32), encoded.AsSpan(64, 32), encoded.AsSpan(96, 32), challenge);
        }
        while (challenge[0] % 8 != 0);

        return [.. encoded.AsSpan(32, 32), .. challenge, .. Bytes((k + (Number(challenge) * Number(x))) % Order)];
    }
}
