using System.Runtime.InteropServices;
using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>
/// The hashes of the state tree. A key is hashed under a tag of its own; a leaf is SHA-256(0x00 ‖ key hash ‖
/// SHA-256(value)) and an inner node SHA-256(0x01 ‖ left ‖ right), as in RFC 6962; an empty subtree is 32 zero bytes.
/// </summary>
internal static class StateHashes
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int PairSize = 2 * Hash256.Size;
    private const int PairsAtOnce = 256;

    private static readonly HashDomain KeyDomain = new("chain-core/state-key/v1");

    public static Hash256 Empty => Hash256.Zero;

    public static Hash256 Key(ReadOnlySpan<byte> key) => KeyDomain.Hash(key);

    public static Hash256 Value(ReadOnlySpan<byte> value) => Sha256.Hash(value);

    public static Hash256 Leaf(in Hash256 keyHash, in Hash256 valueHash)
    {
        Span<byte> leaf = stackalloc byte[2 * Hash256.Size];
        keyHash.CopyTo(leaf);
        valueHash.CopyTo(leaf[Hash256.Size..]);
        return MerkleTree.LeafHash(leaf);
    }

    /// <summary>The leaves over pairs of a key hash and a value hash, all at once.</summary>
    public static void Leaves(ReadOnlySpan<Hash256> pairs, Span<Hash256> leaves) => HashPairs(LeafPrefix, pairs, leaves);

    /// <summary>The nodes over pairs of children, all at once.</summary>
    public static void Nodes(ReadOnlySpan<Hash256> pairs, Span<Hash256> nodes) => HashPairs(NodePrefix, pairs, nodes);

    public static Hash256 Node(in Hash256 left, in Hash256 right) => MerkleTree.NodeHash(in left, in right);

    /// <summary>Whether the path of <paramref name="keyHash"/> turns right at <paramref name="depth"/>.</summary>
    public static bool TurnsRight(in Hash256 keyHash, int depth) =>
        (Hash256.AsSpan(in keyHash)[depth >> 3] & (0x80 >> (depth & 7))) != 0;

    /// <summary>In slices that fit the cache: each pair is copied behind its prefix.</summary>
    private static void HashPairs(byte prefix, ReadOnlySpan<Hash256> pairs, Span<Hash256> hashes)
    {
        Span<byte> messages = new byte[int.Min(pairs.Length / 2, PairsAtOnce) * (1 + PairSize)];
        while (!pairs.IsEmpty)
        {
            int count = int.Min(pairs.Length / 2, PairsAtOnce);
            ReadOnlySpan<byte> source = MemoryMarshal.AsBytes(pairs[..(2 * count)]);
            for (int i = 0; i < count; i++)
            {
                messages[i * (1 + PairSize)] = prefix;
                source.Slice(i * PairSize, PairSize).CopyTo(messages[((i * (1 + PairSize)) + 1)..]);
            }

            Sha256.HashMany(messages[..(count * (1 + PairSize))], 1 + PairSize, hashes[..count]);
            pairs = pairs[(2 * count)..];
            hashes = hashes[count..];
        }
    }
}
