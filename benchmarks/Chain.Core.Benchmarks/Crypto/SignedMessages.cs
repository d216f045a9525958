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

    /// <summary>One message, signed under each of many keys.</summary>
    public static SignatureClaim[] MakeVotes(int count) => [.. Enumerable.Range(0, count).Select(SignVote)];

    /// <summary>A message of its own under this key.</summary>
    public static SignatureClaim Sign(ISigner key)
    {
        var message = new byte[MessageSize];
        SHA256.HashData(key.PublicKey.Span, message);
        return Sign(key, message);
    }

    private static SignatureClaim Sign(int number)
    {
        using Ed25519PrivateKey key = Key(number);
        return Sign(key);
    }

    private static SignatureClaim SignVote(int number)
    {
        using Ed25519PrivateKey key = Key(number);
        return Sign(key, new byte[MessageSize]);
    }

    private static Ed25519PrivateKey Key(int number) => new(SHA256.HashData(BitConverter.GetBytes(number)));

    private static SignatureClaim Sign(ISigner key, byte[] message) => new(key.PublicKey, message, key.Sign(message));

    private static byte[] Flip(ReadOnlyMemory<byte> bytes, int index)
    {
        byte[] copy = bytes.ToArray();
        copy[index] ^= 1;
        return copy;
    }
}
