using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>Which heights belong to which epoch: epoch e has the heights s + e·n + 1 to s + (e + 1)·n.</summary>
/// <param name="Length">n.</param>
/// <param name="Start">s: the height of the block that proof of stake begins on, 0 where that is genesis.</param>
internal readonly record struct EpochSchedule(ulong Length, BlockHeight Start = default)
{
    public ulong EpochOf(BlockHeight height) => height <= Start ? 0 : (height.Value - Start.Value - 1) / Length;

    /// <summary>Whether a block is the first of its epoch; it carries the set of the next one.</summary>
    public bool IsFirst(BlockHeight height) => height > Start && (height.Value - Start.Value - 1) % Length == 0;

    /// <summary>Whether a block is the last of its epoch; it must be final before the next epoch begins.</summary>
    public bool IsLast(BlockHeight height) => height > Start && (height.Value - Start.Value) % Length == 0;

    public BlockHeight FirstOf(ulong epoch) => BaseOf(epoch).Next();

    /// <summary>The block before the first of an epoch.</summary>
    public BlockHeight BaseOf(ulong epoch) => new(Start.Value + (epoch * Length));
}
