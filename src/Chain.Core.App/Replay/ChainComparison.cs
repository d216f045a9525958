using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.App.Replay;

/// <summary>
/// Finds where the stored chains of two nodes part. Where only one of them has the block, what the other would have made of
/// it is executed here: a node refuses a block whose state root is not its own, and keeps nothing of it.
/// </summary>
internal sealed class ChainComparison(ChainDefinition chain, IKeyValueReader first, IKeyValueReader second)
{
    /// <exception cref="StateUnavailableException">A state that is needed is not kept any more.</exception>
    public ReplayFinding Compare()
    {
        BlockHeight common = FindLastCommon();
        BlockHeight height = common.Next();
        BlockHeader parent = BlockAt(first, common)!.Header;
        Block? one = BlockAt(first, height);
        Block? other = BlockAt(second, height);
        ChainState? oneHere = Replay(first, parent, one);
        ChainState? otherHere = Replay(second, parent, other);
        StateDivergence? found = (StateAfter(first, one) ?? otherHere, StateAfter(second, other) ?? oneHere) is ({ } state, { } otherState)
            ? StateDivergence.Find(state, otherState)
            : null;
        return new ReplayFinding(
            height,
            SideOf(first, parent, one, oneHere, found, found?.First, other),
            SideOf(second, parent, other, otherHere, found, found?.Second, one),
            found?.Module,
            Hex(found?.Key));
    }

    /// <summary>Equal blocks have equal ancestors, so that the place is found by halving.</summary>
    private BlockHeight FindLastCommon()
    {
        ulong same = 0;
        ulong end = ulong.Min(HeadOf(first), HeadOf(second));
        while (same < end)
        {
            ulong middle = end - ((end - same) / 2);
            bool isSame = IdAt(first, new BlockHeight(middle)) == IdAt(second, new BlockHeight(middle));
            (same, end) = isSame ? (middle, end) : (same, middle - 1);
        }

        return new BlockHeight(same);
    }

    private ulong HeadOf(IKeyValueReader store) =>
        ChainRecords.TryReadHead(store, out BlockId head) && head != chain.GenesisId ? Require(store, head).Height.Value : 0;

    private BlockId? IdAt(IKeyValueReader store, BlockHeight height) =>
        height == BlockHeight.Genesis ? chain.GenesisId
        : height.Value <= HeadOf(store) && ChainRecords.TryReadOnChain(store, height, out BlockId id) ? id
        : null;

    private Block? BlockAt(IKeyValueReader store, BlockHeight height) =>
        height == BlockHeight.Genesis ? chain.Genesis
        : IdAt(store, height) is { } id ? Require(store, id)
        : null;

    private static Block Require(IKeyValueReader store, BlockId id) =>
        ChainRecords.TryReadBlock(store, id, out Block? block) ? block : throw new InvalidDataException($"The block {id} of the chain is missing.");

    private static ChainState? StateAfter(IKeyValueReader store, Block? block) =>
        block is null ? null : ChainState.Open(store, block.Header.Fields.StateRoot);

    /// <summary>What comes out here; null where there is no block, or who voted for its ancestors is part of the state.</summary>
    private ChainState? Replay(IKeyValueReader store, BlockHeader parent, Block? block) =>
        block is null || chain.Ledger.UsesActivity ? null
        : StateDivergence.Replay(chain.Ledger, chain.GenesisId, StateAfter(store, parent), block);

    private static ChainState StateAfter(IKeyValueReader store, BlockHeader parent) => ChainState.Open(store, parent.Fields.StateRoot);

    private ReplaySide SideOf(
        IKeyValueReader store, BlockHeader parent, Block? own, ChainState? here, StateDivergence? found, ReadOnlyMemory<byte>? value, Block? other)
    {
        Block? executed = own ?? other;
        return new ReplaySide(
            own,
            own is null || chain.Ledger.UsesActivity ? null : here?.Root == own.Header.Fields.StateRoot,
            Hex(value),
            found is null || executed is null ? null : found.FindWriter(chain.Ledger, chain.GenesisId, StateAfter(store, parent), executed)?.Id);
    }

    private static string? Hex(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? "0x" + Convert.ToHexStringLower(some.Span) : null;
}
