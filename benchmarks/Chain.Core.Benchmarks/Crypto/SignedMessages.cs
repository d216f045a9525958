using System.Security.Cryptography;
using Chain.Core.Crypto;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>The same signed messages in every run.</summary>
internal static class SignedMessages
{
    /// <summary>Length of each message, that of an ordinary transaction.</summary>
    public const int MessageSize = 200;

    /// <summary>Messages that differ, each signed under another key.</summary>
    public static SignatureClaim[] Make(int count) => [.. Enumerable.Range(0, count).Select(Sign)];

    /// <summary>A copy in which signatures 0, 3, 6… are forged: another byte of the message, of R or of S each time.</summary>
    public static SignatureClaim[] SpoilEveryThird(SignatureClaim[] claims) =>
        [.. claims.Select((claim, i) => i % 3 != 0 ? claim : (i / 3 % 3) switch
        {
            0 => claim with { Message = Flip(claim.Message, i % MessageSize) },
            1 => claim with { Signature = Flip(claim.Signature, i % 32) },
            _ => claim with { Signature = Flip(claim.Signature, 32 + (i % 31)) },
        })];

    /// <summary>A message of its own under this key.</summary>
    public static SignatureClaim Sign(ISigner key)
    {
        var message = new byte[MessageSize];
        SHA256.HashData(key.PublicKey.Span, message);
        return new SignatureClaim(key.PublicKey, message, key.Sign(message));
    }

    private static SignatureClaim Sign(int number)
    {
        using var key = new Ed25519PrivateKey(SHA256.HashData(BitConverter.GetBytes(number)));
        return Sign(key);
    }

    private static byte[] Flip(ReadOnlyMemory<byte> bytes, int index)
    {
        byte[] copy = bytes.ToArray();
        copy[index] ^= 1;
        return copy;
    }
}
