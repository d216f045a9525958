using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.Tests;

/// <summary>Makes headers that fit into a tree.</summary>
public static class HeaderMaker
{
    public static readonly UnixTime Start = new(1_700_000_000_000);

    public static BlockHeader Genesis(ReadOnlySpan<byte> seal = default) => BlockHeader.Create(
        new HeaderFields(
            BlockHeader.CurrentVersion, BlockHeight.Genesis, BlockId.None, Start, MerkleTree.EmptyRoot, Hash256.Zero, MmrPeaks.Empty.Root),
        seal);

    /// <summary>The fields of an empty child, a second after its parent; <paramref name="salt"/> tells siblings apart.</summary>
    public static HeaderFields FieldsOn(BlockTreeNode parent, ulong salt = 0, Hash256? transactionsRoot = null)
    {
        Span<byte> state = stackalloc byte[Hash256.Size];
        BitConverter.TryWriteBytes(state, salt);
        return new HeaderFields(
            BlockHeader.CurrentVersion,
            parent.Height.Next(),
            parent.Id,
            parent.Header.Time.Plus(TimeSpan.FromSeconds(1)),
            transactionsRoot ?? MerkleTree.EmptyRoot,
            new Hash256(state),
            parent.HistoryRootForChild);
    }

    public static BlockHeader On(BlockTreeNode parent, ulong salt = 0, ReadOnlySpan<byte> seal = default) =>
        BlockHeader.Create(FieldsOn(parent, salt), seal);
}
