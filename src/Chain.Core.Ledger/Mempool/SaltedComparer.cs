using System.Buffers.Binary;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Hashes ids and addresses under a salt of this node's own: peers can choose ids that fall into one bucket of an
/// unsalted table. The salt never shows, because nothing enumerates these tables.
/// </summary>
internal sealed class SaltedComparer : IEqualityComparer<TransactionId>, IEqualityComparer<AccountAddress>
{
    /// <summary>Set before the first use of a table, and not again.</summary>
    public ulong Salt { get; set; }

    public bool Equals(TransactionId x, TransactionId y) => x == y;

    public bool Equals(AccountAddress x, AccountAddress y) => x == y;

    public int GetHashCode(TransactionId obj) => Hash(obj.Value);

    public int GetHashCode(AccountAddress obj) => Hash(obj.Value);

    private int Hash(Hash256 id)
    {
        ulong word = BinaryPrimitives.ReadUInt64LittleEndian(Hash256.AsSpan(in id));
        ulong high = Math.BigMul(word ^ Salt, 0x9E3779B97F4A7C15, out ulong low);
        return unchecked((int)((high ^ low) >> 16));
    }
}
