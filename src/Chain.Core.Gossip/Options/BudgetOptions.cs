using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// What one peer may make this node spend unasked. What exceeds an allowance is dropped unread and costs points.
/// Blocks and headers that this node asked for are limited by what it asks for. A burst must have room for the
/// largest message of its kind, or a correct peer's message would never pass.
/// </summary>
public sealed record BudgetOptions
{
    /// <summary>Messages of every kind.</summary>
    /// <value>2,000 a second, 10,000 at once by default.</value>
    public Allowance Messages { get; init; } = new(2000, 10_000);

    /// <summary>Bytes of every kind, as the values are encoded.</summary>
    /// <value>32 MiB a second, 128 MiB at once by default.</value>
    public Allowance Bytes { get; init; } = new(32 << 20, 128 << 20);

    /// <summary>Transaction ids announced.</summary>
    /// <value>20,000 a second, 50,000 at once by default.</value>
    public Allowance Announcements { get; init; } = new(20_000, 50_000);

    /// <summary>Transactions delivered.</summary>
    /// <value>20,000 a second, 50,000 at once by default.</value>
    public Allowance Transactions { get; init; } = new(20_000, 50_000);

    /// <summary>Headers, announced or asked for.</summary>
    /// <value>20,000 a second, 50,000 at once by default.</value>
    public Allowance Headers { get; init; } = new(20_000, 50_000);

    /// <summary>Blocks that were not asked for.</summary>
    /// <value>50 a second, 200 at once by default.</value>
    public Allowance Blocks { get; init; } = new(50, 200);

    /// <summary>Addresses.</summary>
    /// <value>50 a second, 1,000 at once by default.</value>
    public Allowance Addresses { get; init; } = new(50, 1000);

    /// <summary>Transactions and blocks asked for; asking for headers costs 16, for addresses 64.</summary>
    /// <value>20,000 a second, 50,000 at once by default.</value>
    public Allowance Requests { get; init; } = new(20_000, 50_000);

    /// <summary>Consensus messages.</summary>
    /// <value>1,000 a second, 5,000 at once by default.</value>
    public Allowance Consensus { get; init; } = new(1000, 5000);

    internal void Validate()
    {
        Messages.Validate(nameof(Messages));
        Bytes.Validate(nameof(Bytes));
        Announcements.Validate(nameof(Announcements));
        Transactions.Validate(nameof(Transactions));
        Headers.Validate(nameof(Headers));
        Blocks.Validate(nameof(Blocks));
        Addresses.Validate(nameof(Addresses));
        Requests.Validate(nameof(Requests));
        Consensus.Validate(nameof(Consensus));
        OptionRange.Check(Bytes.Burst, WireLimits.BlockBytes * 2, int.MaxValue, nameof(Bytes));
        OptionRange.Check(Announcements.Burst, WireLimits.InventoryIds, int.MaxValue, nameof(Announcements));
        OptionRange.Check(Transactions.Burst, WireLimits.DeliveredTransactions, int.MaxValue, nameof(Transactions));
        OptionRange.Check(Headers.Burst, WireLimits.Headers, int.MaxValue, nameof(Headers));
        OptionRange.Check(Addresses.Burst, WireLimits.Addresses, int.MaxValue, nameof(Addresses));
        OptionRange.Check(Requests.Burst, WireLimits.InventoryIds, int.MaxValue, nameof(Requests));
    }
}
