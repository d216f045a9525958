using System.Security.Cryptography;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>Verification on secp256k1 of 16 messages of 200 bytes, each under a key of its own, one call each.</summary>
internal static class SecpContests
{
    /// <summary>Signatures per call.</summary>
    public const int Claims = 16;

    /// <summary>The curve that BouncyCastle gives for the name: its general arithmetic.</summary>
    public static X9ECParameters NamedCurve => SecNamedCurves.GetByName("secp256k1");

    /// <summary>The curve that a user finds who knows of it: arithmetic of its own and the endomorphism.</summary>
    public static X9ECParameters CustomCurve => CustomNamedCurves.GetByName("secp256k1");

    public static Contest Ecdsa(X9ECParameters curve) => Against(
        EcdsaSecp256k1.Scheme,
        secret =>
        {
            using var key = new EcdsaSecp256k1PrivateKey(secret);
            return SignedMessages.Sign(key);
        },
        claims => new BouncyEcdsaVerifier(curve, claims).Verify);

    public static Contest Schnorr(X9ECParameters curve) => Against(
        SchnorrSecp256k1.Scheme,
        secret =>
        {
            using var key = new SchnorrSecp256k1PrivateKey(secret);
            return SignedMessages.Sign(key);
        },
        claims => new BouncySchnorrVerifier(curve, claims).Verify);

    private static Contest Against(
        ISignatureScheme scheme, Func<byte[], SignatureClaim> sign, Func<SignatureClaim[], Action<bool[]>> peerOf)
    {
        SignatureClaim[] valid = [.. Enumerable.Range(0, Claims).Select(i => sign(SHA256.HashData(BitConverter.GetBytes(i))))];
        var verdicts = new bool[Claims];
        Action<bool[]> peer = peerOf(valid);
        return new Contest(
            () => RequireAll(verdicts, () => VerifyEach(scheme, valid, verdicts)),
            () => RequireAll(verdicts, () => peer(verdicts)),
            () => FindDisagreement(scheme, SignedMessages.SpoilEveryThird(valid), peerOf));
    }

    private static void VerifyEach(ISignatureScheme scheme, SignatureClaim[] claims, bool[] verdicts)
    {
        for (int i = 0; i < claims.Length; i++)
        {
            verdicts[i] = scheme.Verify(claims[i].PublicKey.Span, claims[i].Message.Span, claims[i].Signature.Span);
        }
    }

    private static string? FindDisagreement(
        ISignatureScheme scheme, SignatureClaim[] claims, Func<SignatureClaim[], Action<bool[]>> peerOf)
    {
        var one = new bool[claims.Length];
        var many = new bool[claims.Length];
        var peers = new bool[claims.Length];
        VerifyEach(scheme, claims, one);
        scheme.VerifyMany(claims, many);
        peerOf(claims)(peers);
        int first = Enumerable.Range(0, claims.Length)
            .FirstOrDefault(i => one[i] != peers[i] || many[i] != peers[i] || one[i] == (i % 3 == 0), -1);
        return first < 0 ? null : $"signature {first}: {one[first]} and {many[first]} against {peers[first]}";
    }

    private static void RequireAll(bool[] verdicts, Action verify)
    {
        Array.Clear(verdicts);
        verify();
        if (verdicts.AsSpan().Contains(false))
        {
            throw new InvalidOperationException("A valid signature was rejected.");
        }
    }
}
