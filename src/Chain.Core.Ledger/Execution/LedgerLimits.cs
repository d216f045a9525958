using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// What transactions and blocks may cost. These are rules of the chain: two nodes with different limits are on
/// different chains, and the genesis commits to them.
/// </summary>
/// <remarks>
/// Cost is counted in units of about 10 ns on one 2020s core with the state on disk, so that the default block
/// costs well under a second in the worst case.
/// </remarks>
public sealed record LedgerLimits
{
    /// <summary>What the header and the list around the transactions may take of a block on the wire.</summary>
    private const int HeaderRoom = 64 * 1024;

    /// <summary>The limits that a chain has unless it says otherwise.</summary>
    public static LedgerLimits Default { get; } = new();

    /// <summary>Largest transaction.</summary>
    /// <value>In bytes; 64 KiB by default; 1 to <see cref="WireLimits.TransactionBytes"/>.</value>
    public int TransactionBytes { get; init; } = WireLimits.TransactionBytes;

    /// <summary>Largest block, counting its transactions.</summary>
    /// <value>In bytes; 1 MiB by default; at least 64 KiB, and 64 KiB below <see cref="WireLimits.BlockBytes"/> at most.</value>
    public int BlockBytes { get; init; } = 1024 * 1024;

    /// <summary>Most transactions in a block.</summary>
    /// <value>10,000 by default; 1 to <see cref="WireLimits.BlockTransactions"/>.</value>
    public int BlockTransactions { get; init; } = 10_000;

    /// <summary>Most that one transaction may cost.</summary>
    /// <value>In units; 2,000,000 by default; more than <see cref="BaseCost"/> and all bytes of a transaction.</value>
    public ulong TransactionCost { get; init; } = 2_000_000;

    /// <summary>Most that all transactions of a block may cost together.</summary>
    /// <value>In units; 50,000,000 by default; at least <see cref="TransactionCost"/>.</value>
    public ulong BlockCost { get; init; } = 50_000_000;

    /// <summary>Least fee of a transaction.</summary>
    /// <value>In the smallest unit of the coin; 0 by default.</value>
    public ulong MinFee { get; init; }

    /// <summary>Cost of any transaction: its signature, nonce and fee.</summary>
    /// <value>In units; 4,000 by default.</value>
    public ulong BaseCost { get; init; } = 4_000;

    /// <summary>Cost of reading a key, beside its bytes.</summary>
    /// <value>In units; 300 by default.</value>
    public ulong ReadCost { get; init; } = 300;

    /// <summary>Cost of setting or removing a key, beside its bytes.</summary>
    /// <value>In units; 1,000 by default.</value>
    public ulong WriteCost { get; init; } = 1_000;

    /// <summary>Cost of an event, beside its bytes.</summary>
    /// <value>In units; 100 by default.</value>
    public ulong EventCost { get; init; } = 100;

    /// <summary>Cost of a byte of a transaction, a key, a value or an event.</summary>
    /// <value>In units; 1 by default.</value>
    public ulong ByteCost { get; init; } = 1;

    /// <summary>Throws where a value is out of its range.</summary>
    internal void Check()
    {
        Require(TransactionBytes is >= 1 and <= WireLimits.TransactionBytes, nameof(TransactionBytes));
        Require(BlockBytes is >= WireLimits.TransactionBytes and <= WireLimits.BlockBytes - HeaderRoom, nameof(BlockBytes));
        Require(BlockTransactions is >= 1 and <= WireLimits.BlockTransactions, nameof(BlockTransactions));
        Require(BlockCost is <= long.MaxValue && BlockCost >= TransactionCost, nameof(BlockCost));
        ulong[] prices = [BaseCost, ReadCost, WriteCost, EventCost, ByteCost];
        Require(prices.All(static price => price <= uint.MaxValue), nameof(BaseCost));
        Require(TransactionCost > BaseCost + (ByteCost * (ulong)TransactionBytes), nameof(TransactionCost));
    }

    internal void Append(WireWriter writer) => writer.ArrayHeader(11)
        .UInt64((uint)TransactionBytes)
        .UInt64((uint)BlockBytes)
        .UInt64((uint)BlockTransactions)
        .UInt64(TransactionCost)
        .UInt64(BlockCost)
        .UInt64(MinFee)
        .UInt64(BaseCost)
        .UInt64(ReadCost)
        .UInt64(WriteCost)
        .UInt64(EventCost)
        .UInt64(ByteCost);

    private static void Require(bool isInRange, string name)
    {
        if (!isInRange)
        {
            throw new ArgumentException($"{name} is out of its range.", name);
        }
    }
}
