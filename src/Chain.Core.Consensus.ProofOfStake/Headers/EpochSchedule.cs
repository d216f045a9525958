using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>Which heights belong to which epoch: epoch e has the heights e·n + 1 to (e + 1)·n.</summary>
internal readonly record struct EpochSchedule(ulong Length)
{
    public ulong EpochOf(BlockHeight height) => height.Value == 0 ? 0 : (height.Value - 1) / Length;

    /// <summary>Whether a block is the first of its epoch; it carries the set of the next one.</summary>
    public bool IsFirst(BlockHeight height) => height.Value % Length == 1 || (Length == 1 && height.Value > 0);

    /// <summary>Whether a block is the last of its epoch; it must be final before the next epoch begins.</summary>
    public bool IsLast(BlockHeight height) => height.Value > 0 && height.Value % Length == 0;

    public BlockHeight FirstOf(ulong epoch) => new((epoch * Length) + 1);

    /// <summary>The block before the first of an epoch.</summary>
    public BlockHeight BaseOf(ulong epoch) => new(epoch * Length);
}
