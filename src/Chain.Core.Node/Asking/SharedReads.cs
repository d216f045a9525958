using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.Node;

/// <summary>
/// What many readers ask for in turn, so that not each of them decodes a whole block or opens the state of the head anew.
/// Only ever used where the store has the same id. Any thread may set it.
/// </summary>
internal sealed class SharedReads
{
    /// <summary>
    /// What readers load stays with the state: after so many of them it is opened anew, so that nobody fills the memory by
    /// asking for every key.
    /// </summary>
    private const int ReadsOfState = 256;

    /// <summary>Beside what readers load, about 15 MB.</summary>
    private const long MaxResidentNodes = 100_000;

    private volatile BlockHeader? _head;
    private volatile BlockHeader? _finalized;
    private volatile SharedState? _state;

    public BlockHeader? Head
    {
        get => _head;
        set => _head = value;
    }

    public BlockHeader? Finalized
    {
        get => _finalized;
        set => _finalized = value;
    }

    /// <summary>What is in memory of the state after a block; null where nothing is.</summary>
    public ResidentState? FindState(BlockId block) =>
        _state is { } shared && shared.Block == block && Interlocked.Increment(ref shared.Reads) <= ReadsOfState ? shared.State : null;

    /// <summary>Shares a state that was just opened.</summary>
    public void ShareState(BlockId block, ChainState state) =>
        _state = state.ToResident(MaxResidentNodes) is { } resident ? new SharedState(block, resident) : null;

    private sealed class SharedState(BlockId block, ResidentState state)
    {
        public int Reads;

        public BlockId Block { get; } = block;

        public ResidentState State { get; } = state;
    }
}
