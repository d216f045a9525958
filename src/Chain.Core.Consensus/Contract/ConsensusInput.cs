using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>What an engine is told. An engine orders block ids; it never sees sockets, storage or transactions.</summary>
public abstract record ConsensusInput
{
    private protected ConsensusInput()
    {
    }

    /// <summary>The start, once, before any other input but <see cref="ValidatorsNamed"/>: the chain is at <paramref name="Head"/>.</summary>
    /// <param name="Head">The head that was recovered, or genesis.</param>
    /// <param name="Records">What the engine persisted before, by key, in ascending order of keys.</param>
    public sealed record Started(BlockHeader Head, IReadOnlyList<ConsensusRecord> Records) : ConsensusInput;

    /// <summary>A header that passed <see cref="IHeaderRules.VerifyHeader"/> and whose parent is in the tree.</summary>
    public sealed record HeaderArrived(BlockHeader Header) : ConsensusInput;

    /// <summary>The answer to <see cref="ConsensusOutput.RequestVerdict"/>.</summary>
    public sealed record BlockJudged(BlockId Block, BlockVerdict Verdict) : ConsensusInput;

    /// <summary>A message of the same engine at a peer; its bytes are anybody's.</summary>
    public sealed record MessageArrived(ConnectionId From, PeerId Peer, ReadOnlyMemory<byte> Payload) : ConsensusInput;

    /// <summary>The answer to <see cref="ConsensusOutput.RequestProposal"/>: a block that lacks only its seal.</summary>
    public sealed record ProposalBuilt(ulong Proposal, HeaderFields Fields) : ConsensusInput;

    /// <summary>The answer to <see cref="ConsensusOutput.SearchSeal"/>.</summary>
    public sealed record SealSearched(ulong Proposal, int Lane, JobResult Result) : ConsensusInput;

    /// <summary>The answer to <see cref="ConsensusOutput.Sign"/>, whose mark is durable, or to <see cref="ConsensusOutput.ProveRandomness"/>.</summary>
    public sealed record Signed(ulong Intent, ReadOnlyMemory<byte> Signature) : ConsensusInput;

    /// <summary>The signer will not: it has no key, or its mark forbids it.</summary>
    public sealed record SignRefused(ulong Intent) : ConsensusInput;

    /// <summary>The answer to <see cref="ConsensusOutput.Compute"/>.</summary>
    public sealed record Computed(ulong Work, JobResult Result) : ConsensusInput;

    /// <summary>
    /// The state after <paramref name="Block"/> names these validators. Told for genesis and for each block that changes
    /// them, before the engine is told that the block is valid; after a restart, before <see cref="Started"/>.
    /// </summary>
    public sealed record ValidatorsNamed(BlockId Block, ValidatorSet Validators) : ConsensusInput;

    /// <summary>The chain's head is another block now.</summary>
    public sealed record HeadChanged(BlockHeader Head) : ConsensusInput;

    /// <summary>There is something to put into a block, after a time when there was not.</summary>
    public sealed record TransactionsWaiting : ConsensusInput;

    /// <summary>The record of <see cref="ConsensusOutput.Persist"/> under this key is durable.</summary>
    public sealed record RecordDurable(ulong Key) : ConsensusInput;

    /// <summary>A timer of the engine is due.</summary>
    public sealed record TimerFired(TimerKey Key) : ConsensusInput;

    /// <summary>A command of the operator, for engines that take one, such as sealing a block by hand.</summary>
    public sealed record Commanded(string Command) : ConsensusInput;
}
