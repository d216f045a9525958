using System.Buffers.Binary;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>Where the ledger's records stand in the store: two ASCII letters and a hash or a number.</summary>
public static class LedgerKeys
{
    private const int VersionBytes = 16;

    /// <summary>The prefix of a page of a state tree, stored under the version that wrote it and the hash of its first node.</summary>
    public static ReadOnlySpan<byte> StatePagePrefix => "zp"u8;

    /// <summary>The prefix of the record of a state, stored under the state root: see <see cref="ChainState"/>.</summary>
    public static ReadOnlySpan<byte> StateRootPrefix => "sr"u8;

    /// <summary>The prefix of what changed in a state that is stored as a difference, stored under its root.</summary>
    public static ReadOnlySpan<byte> StateChangesPrefix => "sc"u8;

    /// <summary>The prefix of the lists of pages that a state stored whole does without, stored under its root and a number.</summary>
    public static ReadOnlySpan<byte> ReplacedPagesPrefix => "sd"u8;

    /// <summary>The prefix of the receipts of a block, stored under its id.</summary>
    public static ReadOnlySpan<byte> ReceiptsPrefix => "rc"u8;

    /// <summary>The prefix of a transaction that waits in the mempool, stored under a number that ascends with admission.</summary>
    public static ReadOnlySpan<byte> PooledPrefix => "mp"u8;

    internal static byte[] StatePage(UInt128 version, in Hash256 hash)
    {
        var key = new byte[StatePagePrefix.Length + VersionBytes + Hash256.Size];
        StatePagePrefix.CopyTo(key);
        BinaryPrimitives.WriteUInt128BigEndian(key.AsSpan(StatePagePrefix.Length), version);
        hash.CopyTo(key.AsSpan(StatePagePrefix.Length + VersionBytes));
        return key;
    }

    internal static byte[] StateRoot(in Hash256 root) => Join(StateRootPrefix, in root);

    internal static byte[] StateChanges(in Hash256 root) => Join(StateChangesPrefix, in root);

    /// <summary>The beginning of the keys of all pages that were written under a version.</summary>
    internal static byte[] StatePages(UInt128 version)
    {
        Hash256 none = default;
        return StatePage(version, in none)[..(StatePagePrefix.Length + VersionBytes)];
    }

    /// <summary>The beginning of the keys of all lists of a state.</summary>
    internal static byte[] ReplacedPages(in Hash256 root) => Join(ReplacedPagesPrefix, in root);

    internal static byte[] ReplacedPages(in Hash256 root, int number)
    {
        byte[] key = [.. ReplacedPages(in root), 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(key.AsSpan(key.Length - sizeof(ushort)), checked((ushort)number));
        return key;
    }

    internal static byte[] Receipts(BlockId block)
    {
        Hash256 id = block.Value;
        return Join(ReceiptsPrefix, in id);
    }

    private static byte[] Join(ReadOnlySpan<byte> prefix, in Hash256 hash)
    {
        var key = new byte[prefix.Length + Hash256.Size];
        prefix.CopyTo(key);
        hash.CopyTo(key.AsSpan(prefix.Length));
        return key;
    }
}
