using System.Numerics;

namespace Chain.Core.Crypto.Tests.Signatures;

/// <summary>Makes signatures, good, corrupted and odd, from seeded randomness.</summary>
internal static class Ed25519Cases
{
    public static BigInteger Order { get; } =
        BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");

    /// <summary>A good claim by a new key, and one with a flipped bit somewhere.</summary>
    public static (SignatureClaim Good, SignatureClaim Bad) Signed(Random random, int messageLength)
    {
        var seed = new byte[Ed25519PrivateKey.SeedSize];
        random.NextBytes(seed);
        using var key = new Ed25519PrivateKey(seed);
        var message = new byte[messageLength];
        random.NextBytes(message);
        var good = new SignatureClaim(key.PublicKey, message, key.Sign(message));
        return (good, Corrupt(good, random));
    }

    /// <summary>The claim with one bit flipped in key, message or signature. False with overwhelming probability.</summary>
    public static SignatureClaim Corrupt(SignatureClaim claim, Random random)
    {
        byte[] key = claim.PublicKey.ToArray();
        byte[] message = claim.Message.ToArray();
        byte[] signature = claim.Signature.ToArray();
        byte[] victim = random.Next(message.Length == 0 ? 3 : 4) switch
        {
            0 => key,
            1 or 2 => signature,
            _ => message,
        };
        victim[random.Next(victim.Length)] ^= (byte)(1 << random.Next(8));
        return new SignatureClaim(key, message, signature);
    }

    /// <summary>Little-endian, 32 bytes.</summary>
    public static byte[] Bytes(BigInteger value)
    {
        var bytes = new byte[32];
        Assert.True(value.TryWriteBytes(bytes, out _, isUnsigned: true));
        return bytes;
    }

    public static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true);
}
