using System.Buffers.Binary;
using System.Security.Cryptography;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>Many-lane SHA-256 against the runtime's, called once for each message.</summary>
internal static class HashingContests
{
    /// <summary>Messages per call.</summary>
    public const int Messages = 1024;

    /// <summary>Nonces per call.</summary>
    public const int Nonces = 4096;

    private const int MessageSize = 64;
    private const int HeaderSize = 80;
    private const int NonceOffset = HeaderSize - sizeof(uint);

    /// <summary>1,024 messages of 64 bytes, end to end.</summary>
    public static Contest Many64()
    {
        byte[] messages = MakeBytes(Messages * MessageSize);
        var ours = new Hash256[Messages];
        var peers = new Hash256[Messages];
        return new Contest(
            () => Sha256.HashMany(messages, MessageSize, ours),
            () => HashOneByOne(messages, peers),
            () =>
            {
                Sha256.HashMany(messages, MessageSize, ours);
                HashOneByOne(messages, peers);
                int same = ours.AsSpan().CommonPrefixLength(peers);
                return same == Messages ? null : $"message {same}";
            });
    }

    /// <summary>4,096 nonces of an 80-byte header under a target that none of them meets; double SHA-256.</summary>
    public static Contest NonceSearch()
    {
        byte[] header = MakeBytes(HeaderSize);
        var search = new NonceSearch(header, NonceOffset, sizeof(uint));
        byte[] impossible = new byte[Hash256.Size];
        byte[] easy = new byte[Hash256.Size];
        easy[^2] = 32; // one nonce in two thousand
        return new Contest(
            () => RequireNone(SearchLanes(search, impossible)),
            () => RequireNone(SearchOneByOne(header, impossible)),
            () => SearchLanes(search, easy) is var ours && SearchOneByOne(header, easy) is var peers && ours == peers && ours is not null
                ? null
                : $"nonce {ours} against {SearchOneByOne(header, easy)}");
    }

    private static void HashOneByOne(byte[] messages, Hash256[] digests)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        for (int i = 0; i < digests.Length; i++)
        {
            SHA256.HashData(messages.AsSpan(i * MessageSize, MessageSize), digest);
            digests[i] = new Hash256(digest);
        }
    }

    private static ulong? SearchLanes(NonceSearch search, byte[] target) =>
        search.TryFind(target, 0, Nonces, out ulong nonce) ? nonce : null;

    private static ulong? SearchOneByOne(byte[] header, byte[] target)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        for (uint nonce = 0; nonce < Nonces; nonce++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(NonceOffset), nonce);
            SHA256.HashData(header, hash);
            SHA256.HashData(hash, hash);
            if (IsAtMost(hash, target))
            {
                return nonce;
            }
        }

        return null;
    }

    private static bool IsAtMost(ReadOnlySpan<byte> hash, byte[] target)
    {
        for (int i = hash.Length - 1; i >= 0; i--)
        {
            if (hash[i] != target[i])
            {
                return hash[i] < target[i];
            }
        }

        return true;
    }

    private static void RequireNone(ulong? nonce)
    {
        if (nonce is not null)
        {
            throw new InvalidOperationException("A nonce met a target that none can meet.");
        }
    }

    private static byte[] MakeBytes(int length)
    {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)(i * 151 % 253);
        }

        return bytes;
    }
}
