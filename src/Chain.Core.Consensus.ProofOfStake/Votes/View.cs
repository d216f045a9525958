using System.Globalization;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// One attempt at a block. Views of an epoch count from 1; those of a later epoch are greater than all of an earlier one.
/// </summary>
/// <param name="Value">The epoch in the upper 32 bits, the index in the lower.</param>
public readonly record struct View(ulong Value) : IComparable<View>
{
    private const int IndexBits = 32;

    /// <summary>The view of genesis, which nobody led.</summary>
    public static View Genesis => default;

    /// <summary>The epoch, which decides who may vote.</summary>
    public ulong Epoch => Value >> IndexBits;

    /// <summary>Which view of its epoch; 0 only for genesis.</summary>
    public ulong Index => Value & uint.MaxValue;

    /// <summary>The view at <paramref name="index"/> of <paramref name="epoch"/>.</summary>
    public static View Of(ulong epoch, ulong index) => new(checked((epoch << IndexBits) | (uint)index));

    /// <summary>The view after this one in the same epoch.</summary>
    public View Next() => new(checked(Value + 1));

    /// <inheritdoc/>
    public int CompareTo(View other) => Value.CompareTo(other.Value);

    /// <summary>Epoch and index.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}:{Index}");

    /// <summary>Earlier.</summary>
    public static bool operator <(View left, View right) => left.Value < right.Value;

    /// <summary>Later.</summary>
    public static bool operator >(View left, View right) => left.Value > right.Value;

    /// <summary>Earlier or the same.</summary>
    public static bool operator <=(View left, View right) => left.Value <= right.Value;

    /// <summary>Later or the same.</summary>
    public static bool operator >=(View left, View right) => left.Value >= right.Value;
}
