using System.Security.Cryptography;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>
/// Verification of 16 proofs, each of another key, under both suites in turn; the peer verifies as many signatures.
/// </summary>
internal static class VrfContests
{
    /// <summary>Proofs per call.</summary>
    public const int Claims = 16;

    public static Contest Verify()
    {
        Claim[] valid = [.. Enumerable.Range(0, Claims).Select(Prove)];
        SignatureClaim[] signatures = SignedMessages.Make(Claims);
        var peer = new SodiumVerifier(signatures);
        var verdicts = new bool[Claims];
        return new Contest(
            () => RequireAll(valid),
            () => peer.Verify(verdicts),
            () => FindDisagreement(valid));
    }

    private static Claim Prove(int number)
    {
        using var key = new VrfPrivateKey(SHA256.HashData(BitConverter.GetBytes(number)));
        VrfSuite suite = number % 2 == 0 ? VrfSuite.Edwards25519Sha512Tai : VrfSuite.Edwards25519Sha512Elligator2;
        byte[] input = SHA256.HashData(key.PublicKey.Span);
        return new Claim(suite, key.PublicKey.ToArray(), input, key.Prove(suite, input));
    }

    private static void RequireAll(Claim[] claims)
    {
        Span<byte> output = stackalloc byte[Vrf.OutputSize];
        foreach (Claim claim in claims)
        {
            if (!Vrf.Verify(claim.Suite, claim.PublicKey, claim.Input, claim.Proof, output))
            {
                throw new InvalidOperationException("A valid proof was rejected.");
            }
        }
    }

    /// <summary>The peer has no such function: what is compared is our prover's output with our verifier's.</summary>
    private static string? FindDisagreement(Claim[] claims)
    {
        byte[] expected = new byte[Vrf.OutputSize], output = new byte[Vrf.OutputSize];
        for (int i = 0; i < claims.Length; i++)
        {
            (VrfSuite suite, byte[] key, byte[] input, byte[] proof) = claims[i];
            byte[] spoiled = [.. proof[..^1], (byte)(proof[^1] ^ 1)];
            if (!Vrf.TryProofToHash(suite, proof, expected)
                || !Vrf.Verify(suite, key, input, proof, output)
                || !expected.AsSpan().SequenceEqual(output)
                || Vrf.Verify(suite, key, input, spoiled, output))
            {
                return $"proof {i}";
            }
        }

        return null;
    }

    private sealed record Claim(VrfSuite Suite, byte[] PublicKey, byte[] Input, byte[] Proof);
}
