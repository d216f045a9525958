using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>SHA-256 (FIPS 180-4) of public data.</summary>
public static unsafe class Sha256
{
    /// <summary>SHA-256 of <paramref name="message"/>.</summary>
    public static Hash256 Hash(ReadOnlySpan<byte> message)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        SHA256.HashData(message, digest);
        return new Hash256(digest);
    }

    /// <summary>SHA-256 of SHA-256 of <paramref name="message"/>, as Bitcoin hashes its headers.</summary>
    public static Hash256 HashTwice(ReadOnlySpan<byte> message)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        SHA256.HashData(message, digest);
        SHA256.HashData(digest, digest);
        return new Hash256(digest);
    }

    /// <summary>SHA-256 of each of many messages of one length, several at once.</summary>
    /// <param name="messages">The messages, end to end.</param>
    /// <param name="messageLength">Length of each in bytes; zero makes as many as there is room for digests.</param>
    /// <param name="digests">Receives the digest of message i at index i; must not overlap the messages.</param>
    /// <param name="path">Which instructions to use; the answers are the same.</param>
    /// <exception cref="ArgumentException">The messages do not fill exactly as many digests.</exception>
    /// <exception cref="PlatformNotSupportedException">This machine cannot take <paramref name="path"/>.</exception>
    public static void HashMany(
        ReadOnlySpan<byte> messages, int messageLength, Span<Hash256> digests, CryptoPath path = CryptoPath.Auto)
    {
        Sha256Midstate.RequireSizes(messages, messageLength, digests);
        path = path.Resolve();
        if (LaneCost.Pays(Math.Min(digests.Length, path.Lanes()), Sha256Constants.PaddedBlocks(messageLength)))
        {
            Sha256Midstate.Initial.HashMany(messages, messageLength, digests, path);
            return;
        }

        for (int i = 0; i < digests.Length; i++)
        {
            digests[i] = Hash(messages.Slice(i * messageLength, messageLength));
        }
    }

    /// <summary>SHA-256(prefix ‖ left ‖ right) of each pair; the parents may begin where the children do.</summary>
    internal static void HashPairs(byte prefix, ReadOnlySpan<Hash256> children, Span<Hash256> parents, CryptoPath path)
    {
        int count = children.Length / 2;
        parents = parents[..count];
        path = path.Resolve();
        fixed (Hash256* child = children)
        fixed (Hash256* parent = parents)
        {
            switch (path)
            {
                case CryptoPath.Avx512:
                    Sha256Lanes<Sha256Avx512>.HashPairs(prefix, (byte*)child, count, (byte*)parent);
                    break;
                case CryptoPath.Avx2:
                    Sha256Lanes<Sha256Avx2>.HashPairs(prefix, (byte*)child, count, (byte*)parent);
                    break;
                case CryptoPath.Portable when Vector128.IsHardwareAccelerated:
                    Sha256Lanes<Sha256Vector128>.HashPairs(prefix, (byte*)child, count, (byte*)parent);
                    break;
                default:
                    Sha256Lanes<Sha256Scalar>.HashPairs(prefix, (byte*)child, count, (byte*)parent);
                    break;
            }
        }
    }
}
