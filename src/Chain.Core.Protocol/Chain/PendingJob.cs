using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>What a job of the <see cref="ChainService"/> was offloaded for.</summary>
internal abstract record PendingJob
{
    private PendingJob() { }

    internal sealed record Judge(BlockJudgement Judgement) : PendingJob;

    internal sealed record ReadValidators(Block Block, BlockExecuted Executed) : PendingJob;

    internal sealed record BuildBlock(ulong Proposal, HeaderFields Frame, Hash256 ParentStateRoot) : PendingJob;

    internal sealed record LoadMove(HeadMove Move) : PendingJob;

    internal sealed record Prune : PendingJob;

    internal sealed record Explain(ConnectionId? Asked) : PendingJob;

    internal sealed record IndexBlocks : PendingJob;

    internal sealed record LoadFetched(BlockId Block, ConnectionId? From, IReadOnlyList<Block> Above) : PendingJob;
}
