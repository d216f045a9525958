using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;

namespace Chain.Core.Crypto.Tests.Signatures;

public sealed class MLDsa65Tests
{
    [Fact]
    public void SignAndVerify_ContextsAndMessages_AreBound()
    {
        using var key = new MLDsa65PrivateKey(SHA256.HashData("seed"u8));
        byte[] signature = key.Sign("message"u8, "context"u8);

        Assert.True(MLDsa65.Verify(key.PublicKey.Span, "message"u8, "context"u8, signature));
        Assert.False(MLDsa65.Verify(key.PublicKey.Span, "message"u8, "Context"u8, signature));
        Assert.False(MLDsa65.Verify(key.PublicKey.Span, "message"u8, signature));
        Assert.False(MLDsa65.Verify(key.PublicKey.Span, "Message"u8, "context"u8, signature));
        Assert.Equal(signature, key.Sign("message"u8, "context"u8));
        Assert.NotEqual(signature, key.Sign("message"u8));
    }

    [Fact]
    public void Verify_MutatedBytes_IsFalse()
    {
        using var key = new MLDsa65PrivateKey(new byte[32]);
        byte[] signature = key.Sign("message"u8), publicKey = key.PublicKey.ToArray();
        var random = new Random(60);
        for (int i = 0; i < 100; i++)
        {
            byte[] victim = i % 2 == 0 ? signature : publicKey;
            int index = random.Next(victim.Length);
            byte change = (byte)random.Next(1, 256);
            victim[index] ^= change;
            Assert.False(MLDsa65.Verify(publicKey, "message"u8, signature));
            victim[index] ^= change;
        }

        Assert.True(MLDsa65.Verify(publicKey, "message"u8, signature));
    }

    [Fact]
    public void Verify_HostileBytes_AreFalse()
    {
        var random = new Random(61);
        for (int i = 0; i < 20; i++)
        {
            var publicKey = new byte[MLDsa65.PublicKeySize];
            var signature = new byte[MLDsa65.SignatureSize];
            random.NextBytes(publicKey);
            random.NextBytes(signature.AsSpan(0, i % 2 == 0 ? signature.Length : 0));
            Assert.False(MLDsa65.Verify(publicKey, [1, 2], signature));
        }
    }

    [Fact]
    public void Verify_WrongLengths_AreFalse()
    {
        using var key = new MLDsa65PrivateKey(new byte[32]);
        byte[] signature = key.Sign([]), publicKey = key.PublicKey.ToArray();
        foreach (int length in new[] { 0, 1, 32, 64, MLDsa65.SignatureSize - 1, MLDsa65.SignatureSize + 1 })
        {
            byte[] other = signature;
            Array.Resize(ref other, length);
            Assert.False(MLDsa65.Verify(publicKey, [], other));
        }

        foreach (int length in new[] { 0, 32, MLDsa65.PublicKeySize - 1, MLDsa65.PublicKeySize + 1 })
        {
            byte[] other = publicKey;
            Array.Resize(ref other, length);
            Assert.False(MLDsa65.Verify(other, [], signature));
        }
    }

    [Fact]
    public void Context_AtAndAboveItsLimit_IsTakenOrRefused()
    {
        using var key = new MLDsa65PrivateKey(new byte[32]);
        byte[] signature = key.Sign([1], new byte[255]);

        Assert.True(MLDsa65.Verify(key.PublicKey.Span, [1], new byte[255], signature));
        Assert.False(MLDsa65.Verify(key.PublicKey.Span, [1], new byte[256], signature));
        Assert.Throws<ArgumentException>(() => key.Sign([1], new byte[256]));
    }

    [Fact]
    public void VerifyMany_GoodAndBad_EachVerdictIsExact()
    {
        using var key = new MLDsa65PrivateKey(new byte[32]);
        var good = new SignatureClaim(key.PublicKey, "a"u8.ToArray(), key.Sign("a"u8));
        var verdicts = new bool[5];
        verdicts[4] = true;

        MLDsa65.Scheme.VerifyMany([good, good with { Message = default }, default, good], verdicts);

        Assert.Equal([true, false, false, true, true], verdicts);
        Assert.Throws<ArgumentException>(() => MLDsa65.VerifyMany(new SignatureClaim[2], new bool[1]));
    }

    [Fact]
    public void VerifyMany_UnderAContext_EachVerdictIsExact()
    {
        using var key = new MLDsa65PrivateKey(new byte[32]);
        var good = new SignatureClaim(key.PublicKey, "a"u8.ToArray(), key.Sign("a"u8, "context"u8));
        var verdicts = new bool[3];

        MLDsa65.VerifyMany([good, default, good with { Signature = key.Sign("a"u8) }], "context"u8, verdicts);
        Assert.Equal([true, false, false], verdicts);
        MLDsa65.VerifyMany([good], "Context"u8, verdicts);
        Assert.False(verdicts[0]);
        verdicts[0] = true;
        MLDsa65.VerifyMany([good], new byte[256], verdicts);
        Assert.False(verdicts[0]);
    }

    [Fact]
    public void Scheme_NamesItsTagAndSizes()
    {
        ISignatureScheme scheme = MLDsa65.Scheme;
        using var key = new MLDsa65PrivateKey(new byte[32]);

        Assert.Equal(SignatureSchemeTag.MLDsa65, scheme.Tag);
        Assert.Equal(scheme.Tag, key.Scheme);
        Assert.Equal(scheme.PublicKeySize, key.PublicKey.Length);
        Assert.Equal(scheme.SignatureSize, key.Sign([]).Length);
        Assert.True(scheme.Verify(key.PublicKey.Span, [], key.Sign([])));
    }

    [Fact]
    public void Platform_WhereSupported_AgreesWithBouncyCastle()
    {
        using var key = new MLDsa65PrivateKey(new byte[32]);
        byte[] signature = key.Sign("m"u8, "c"u8);

        // Where the platform lacks the algorithm, Verify is the portable path, and this compares it with itself.
        foreach (byte[] candidate in new[] { signature, new byte[MLDsa65.SignatureSize] })
        {
            Assert.Equal(
                PortableMLDsa.Verify(MLDsaParameters.ml_dsa_65, key.PublicKey.Span, "m"u8, "c"u8, candidate),
                MLDsa65.Verify(key.PublicKey.Span, "m"u8, "c"u8, candidate));
        }
    }

    [Fact]
    public void PrivateKey_BadSeedOrDisposed_Throws()
    {
        Assert.Throws<ArgumentException>(() => new MLDsa65PrivateKey(new byte[31]));
        Assert.Throws<ArgumentException>(() => new MLDsa65PrivateKey(new byte[33]));
        var key = new MLDsa65PrivateKey(new byte[32]);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign([1]));
    }
}
