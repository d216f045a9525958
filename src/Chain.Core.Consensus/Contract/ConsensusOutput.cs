using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>
/// What an engine asks of its host, through <see cref="IEffects.Emit"/>. Timers are the only other effect
/// that an engine uses.
/// </summary>
public abstract record ConsensusOutput : DomainEvent
{
    private protected ConsensusOutput()
    {
    }

    /// <summary>Sends a message of the engine to every peer. Nobody relays it: an engine that wants that broadcasts what it was sent.</summary>
    public sealed record Broadcast(ReadOnlyMemory<byte> Payload) : ConsensusOutput;

    /// <summary>Sends a message of the engine to one peer.</summary>
    public sealed record SendTo(ConnectionId Connection, ReadOnlyMemory<byte> Payload) : ConsensusOutput;

    /// <summary>Asks for a block on <paramref name="Parent"/>; a later request replaces an earlier one.</summary>
    /// <param name="Proposal">The engine's number for it; the answer carries it.</param>
    /// <param name="Parent">A block that was judged valid.</param>
    /// <param name="Time">The time for the header.</param>
    public sealed record RequestProposal(ulong Proposal, BlockId Parent, UnixTime Time) : ConsensusOutput;

    /// <summary>Asks whether the block, whose ancestors may be unjudged as well, is valid. The host fetches what it lacks.</summary>
    public sealed record RequestVerdict(BlockId Block) : ConsensusOutput;

    /// <summary>Runs a slice of a search for a seal. A later slice of the same lane replaces an earlier one.</summary>
    /// <param name="Proposal">What the seal is for.</param>
    /// <param name="Lane">Lanes run side by side, from 0 to <see cref="EngineOptions.SearchLanes"/> − 1.</param>
    /// <param name="Search">The slice.</param>
    public sealed record SearchSeal(ulong Proposal, int Lane, Job Search) : ConsensusOutput;

    /// <summary>
    /// Completes a proposal with its seal: the host assembles the block, adds its header to the tree, tells the engine
    /// of it by <see cref="ConsensusInput.HeaderArrived"/> like any other, and announces it.
    /// </summary>
    public sealed record Seal(ulong Proposal, ReadOnlyMemory<byte> Bytes) : ConsensusOutput;

    /// <summary>
    /// Asks the host's signer to sign. It never signs below its durable mark of the same <paramref name="Purpose"/>, nor
    /// another message at the mark; the same message again gets the same answer, or all votes that a power cut lost would
    /// be lost for ever. The answer is <see cref="ConsensusInput.Signed"/> or <see cref="ConsensusInput.SignRefused"/>.
    /// </summary>
    /// <param name="Intent">The engine's number for it; the answer carries it.</param>
    /// <param name="Watermark">Where it stands among the messages of its purpose, for example a view.</param>
    /// <param name="Purpose">Which mark counts. Messages that exclude one another share a purpose.</param>
    /// <param name="Message">What to sign.</param>
    public sealed record Sign(ulong Intent, ulong Watermark, byte Purpose, Hash256 Message) : ConsensusOutput;

    /// <summary>
    /// Asks the host's signer for the proof of its verifiable random function at <paramref name="Message"/>; there is
    /// only one, so no mark guards it. Answered as <see cref="Sign"/> is.
    /// </summary>
    /// <param name="Intent">The engine's number for it; the answer carries it.</param>
    /// <param name="Message">The input of the function.</param>
    public sealed record ProveRandomness(ulong Intent, Hash256 Message) : ConsensusOutput;

    /// <summary>Runs a pure job beside the engine, such as the verification of a batch of votes.</summary>
    /// <param name="Work">The engine's number for it; <see cref="ConsensusInput.Computed"/> carries it.</param>
    /// <param name="Job">The job.</param>
    public sealed record Compute(ulong Work, Job Job) : ConsensusOutput;

    /// <summary>Stores a record of the engine, durable before the host answers; it is handed back at the next start.</summary>
    public sealed record Persist(ConsensusRecord Record) : ConsensusOutput;

    /// <summary>Moves the head to a block that was judged valid.</summary>
    public sealed record ProposeHead(BlockId Block, UInt256 Weight) : ConsensusOutput;

    /// <summary>
    /// Moves the head back to an ancestor of it and forgets every block that does not lead there, together with the
    /// transactions that wait. Only for chains on which one operator decides alone, as on dev chains: other nodes are not
    /// told, and would bring the blocks back.
    /// </summary>
    public sealed record Rewind(BlockId Block) : ConsensusOutput;

    /// <summary>Marks a block of the head's chain as unlikely to be undone; what that means is the engine's to say.</summary>
    public sealed record MarkSafe(BlockId Block) : ConsensusOutput;

    /// <summary>
    /// Makes a block and its ancestors final, and stores the certificate for those that ask. The block is on the chain of
    /// the head, or of a head that was proposed before.
    /// </summary>
    public sealed record Finalize(BlockId Block, ReadOnlyMemory<byte> Certificate) : ConsensusOutput;

    /// <summary>Asks peers for a block whose header is unknown, for example one that a vote names.</summary>
    public sealed record Fetch(BlockId Block, ConnectionId? From) : ConsensusOutput;

    /// <summary>
    /// A valid signature of the host's own key came from the network: the signer must know that it was given, or its marks
    /// are too old. What it does not know of raises the mark, so that nothing at or below it is signed any more.
    /// </summary>
    /// <param name="Purpose">As of <see cref="Sign"/>.</param>
    /// <param name="Watermark">As of <see cref="Sign"/>.</param>
    public sealed record OwnSignatureSeen(byte Purpose, ulong Watermark) : ConsensusOutput;

    /// <summary>A provable offence, to be spread and included in a block.</summary>
    public sealed record Evidence(ReadOnlyMemory<byte> Proof) : ConsensusOutput;

    /// <summary>A peer sent what no correct peer sends.</summary>
    public sealed record ReportPeer(ConnectionId Connection, string Reason) : ConsensusOutput;

    /// <summary>Something to count: one stream for rewards, slashing, metrics and the bench.</summary>
    public sealed record Observe(ConsensusActivity Activity) : ConsensusOutput;
}
