using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>Where the ledger's records stand in the store: two ASCII letters and a hash.</summary>
public static class LedgerKeys
{
    /// <summary>The prefix of a page of a state tree, stored under the hash of its first node.</summary>
    public static ReadOnlySpan<byte> StatePagePrefix => "sp"u8;

    /// <summary>The prefix of the list of modules of a state, stored under the state root.</summary>
    public static ReadOnlySpan<byte> StateRootPrefix => "sr"u8;

    /// <summary>The prefix of the receipts of a block, stored under its id.</summary>
    public static ReadOnlySpan<byte> ReceiptsPrefix => "rc"u8;

    internal static byte[] StatePage(in Hash256 hash) => Join(StatePagePrefix, in hash);

    internal static byte[] StateRoot(in Hash256 root) => Join(StateRootPrefix, in root);

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
