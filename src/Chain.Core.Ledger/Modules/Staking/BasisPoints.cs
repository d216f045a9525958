namespace Chain.Core.Ledger;

/// <summary>A part of a whole in hundredths of a percent, as a rule of a chain states it.</summary>
/// <param name="Value">0 to 10,000.</param>
public readonly record struct BasisPoints(uint Value)
{
    /// <summary>The whole.</summary>
    public const uint Whole = 10_000;

    /// <summary>A hundredth of the whole.</summary>
    public const uint Percent = 100;

    /// <summary>Whether this is not more than the whole.</summary>
    public bool IsValid => Value <= Whole;

    /// <summary>This part of an amount, rounded down.</summary>
    public ulong Of(ulong amount) => (ulong)((UInt128)amount * Value / Whole);

    /// <summary>This part of an amount, rounded up.</summary>
    public ulong RoundedUpOf(ulong amount) => (ulong)((((UInt128)amount * Value) + Whole - 1) / Whole);
}
