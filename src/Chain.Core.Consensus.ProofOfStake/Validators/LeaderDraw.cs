using System.Buffers.Binary;
using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>The leader of a view: drawn by stake from the seed of its epoch, the same at every node.</summary>
public static class LeaderDraw
{
    private static readonly HashDomain Domain = new("chain-core/pos/leader/v1");

    /// <summary>
    /// The place of the leader of <paramref name="view"/>. A validator's chance is its share of the stake; 128 bits modulo
    /// a total below 2⁷² are off by less than 2⁻⁵⁶.
    /// </summary>
    public static int LeaderOf(StakeTable table, Hash256 seed, View view)
    {
        ArgumentNullException.ThrowIfNull(table);
        Span<byte> input = stackalloc byte[Hash256.Size + sizeof(ulong)];
        seed.CopyTo(input);
        BinaryPrimitives.WriteUInt64BigEndian(input[Hash256.Size..], view.Value);
        Hash256 drawn = Domain.Hash(input);
        return table.AtPoint(BinaryPrimitives.ReadUInt128BigEndian(Hash256.AsSpan(in drawn)) % table.Total);
    }
}
