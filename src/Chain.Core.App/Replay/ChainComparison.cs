using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.App.Replay;

/// <summary>
/// Finds where the stored chains of two nodes part. A node that refuses a block for its state root keeps what came out at its
/// own; where it has not, or has overwritten it, the block is executed here.
/// </summary>
internal sealed class ChainComparison(ChainDefinition chain, IKeyValueReader first, IKeyValueReader second)
{
    private readonly IHeaderRules _rules = chain.Consensus.CreateRules(chain.Genesis.Header);

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
        ChainState? refused = Refused(first, parent, other);
        ChainState? otherRefused = Refused(second, parent, one);
        (ChainState? State, ChainState? Other) states =
            refused is not null ? (refused, StateAfter(second, other))
            : otherRefused is not null ? (StateAfter(first, one), otherRefused)
            : (StateAfter(first, one) ?? otherHere, StateAfter(second, other) ?? oneHere);
        StateDivergence? found = states is ({ } state, { } otherState) ? StateDivergence.Find(state, otherState) : null;
        return new ReplayFinding(
            height,
            new ReplaySide(one, IsAsExecuted(one, oneHere), refused?.Root, Hex(found?.First), WriterOf(found, first, parent, refused is not null ? other : one ?? other)),
            new ReplaySide(
                other,
                IsAsExecuted(other, otherHere),
                otherRefused?.Root,
                Hex(found?.Second),
                WriterOf(found, second, parent, refused is null && otherRefused is not null ? one : other ?? one)),
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

    /// <summary>What comes out here; null where there is no block, or one of its transactions is not allowed here.</summary>
    private ChainState? Replay(IKeyValueReader store, BlockHeader parent, Block? block) =>
        block is null ? null : StateDivergence.Replay(chain.Ledger, chain.GenesisId, StateAfter(store, parent), block, ActivityBefore(store, block));

    /// <summary>What came out at a node that refused the other's block for its state root; null where it did not, or does not know any more.</summary>
    private static ChainState? Refused(IKeyValueReader store, BlockHeader parent, Block? block) => block is null
        ? null
        : ChainRecords.ReadMismatches(store).FirstOrDefault(mismatch => mismatch.Block.Id == block.Id)?.StateOver(StateAfter(store, parent));

    private BlockActivity? ActivityBefore(IKeyValueReader store, Block block) =>
        chain.Ledger.UsesActivity ? _rules.ActivityBefore(block.Height, new StoredAncestors(store, block.Header)) : null;

    private static ChainState StateAfter(IKeyValueReader store, BlockHeader parent) => ChainState.Open(store, parent.Fields.StateRoot);

    private static bool? IsAsExecuted(Block? block, ChainState? here) => block is null ? null : here?.Root == block.Header.Fields.StateRoot;

    private TransactionId? WriterOf(StateDivergence? found, IKeyValueReader store, BlockHeader parent, Block? block) => found is null || block is null
        ? null
        : found.FindWriter(chain.Ledger, chain.GenesisId, StateAfter(store, parent), block, ActivityBefore(store, block))?.Id;

    private static string? Hex(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? "0x" + Convert.ToHexStringLower(some.Span) : null;
}
