using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>
/// The hashes of the state tree. A key is hashed under a tag of its own; a leaf is SHA-256(0x00 ‖ key hash ‖
/// SHA-256(value)) and an inner node SHA-256(0x01 ‖ left ‖ right), as in RFC 6962; an empty subtree is 32 zero bytes.
/// </summary>
internal static class StateHashes
{
    public const byte LeafPrefix = 0;
    public const byte NodePrefix = 1;

    public static readonly HashDomain KeyDomain = new("chain-core/state-key/v1");

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

    public static Hash256 Node(in Hash256 left, in Hash256 right) => MerkleTree.NodeHash(in left, in right);

    /// <summary>Whether the path of <paramref name="keyHash"/> turns right at <paramref name="depth"/>.</summary>
    public static bool TurnsRight(in Hash256 keyHash, int depth) => Turn(in keyHash, depth) != 0;

    /// <summary>0 where the path of <paramref name="keyHash"/> turns left at <paramref name="depth"/>, and 1 where it turns right.</summary>
    public static int Turn(in Hash256 keyHash, int depth) => (Hash256.AsSpan(in keyHash)[depth >> 3] >> (7 - (depth & 7))) & 1;
}
