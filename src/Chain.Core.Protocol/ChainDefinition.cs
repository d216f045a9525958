using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// A chain: its consensus, its ledger and its genesis. Two nodes whose definitions give the same genesis id follow
/// the same chain. Immutable; shared by any number of nodes.
/// </summary>
public sealed class ChainDefinition
{
    private readonly GenesisSpec _spec;

    /// <summary>The chain that begins with <paramref name="genesis"/>.</summary>
    /// <exception cref="ArgumentException">The genesis does not fit the ledger's modules.</exception>
    public ChainDefinition(IConsensusPlugin consensus, LedgerDefinition ledger, GenesisSpec genesis)
    {
        ArgumentNullException.ThrowIfNull(consensus);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(genesis);
        _spec = genesis;
        Consensus = consensus;
        Ledger = ledger;
        Network = genesis.Network;
        Name = genesis.ChainName;
        var created = Chain.Core.Ledger.Genesis.Create(ledger, genesis, consensus.GenesisSeal.Span);
        Genesis = created.Block;
        GenesisWrites = created.Writes;
        GenesisValidators = ledger.Validators?.ValidatorsOf(created.State);
    }

    /// <summary>The consensus plug-in.</summary>
    public IConsensusPlugin Consensus { get; }

    /// <summary>The modules, schemes and limits.</summary>
    public LedgerDefinition Ledger { get; }

    /// <summary>The network's number.</summary>
    public uint Network { get; }

    /// <summary>The chain's name, for people.</summary>
    public string Name { get; }

    /// <summary>The first block.</summary>
    public Block Genesis { get; }

    /// <inheritdoc cref="Block.Id"/>
    public BlockId GenesisId => Genesis.Id;

    /// <summary>The records of the state at genesis.</summary>
    internal WriteBatch GenesisWrites { get; }

    /// <summary>The validators that the state at genesis names; null where no module of the chain names any.</summary>
    public ValidatorSet? GenesisValidators { get; }

    /// <summary>What a mempool holds at most, and how it chooses.</summary>
    public MempoolOptions Mempool { get; init; } = new();

    /// <summary>The same modules and genesis under another engine: another chain, for example to try the modules on a dev chain.</summary>
    public ChainDefinition WithConsensus(IConsensusPlugin consensus) => new(consensus, Ledger, _spec) { Mempool = Mempool };

    internal Mempool CreateMempool(ResidentStates states) => new(Ledger, GenesisId, Mempool, states);

    internal Job ExecuteBlock(
        Crypto.Hash256 parentStateRoot, Block block, BlockActivity? activity, ResidentStates states, long maxStateNodes, IReadOnlyList<int>? signatures) =>
        new ExecuteBlockJob(Ledger, GenesisId, parentStateRoot, block, activity)
        {
            Resident = states.Find(parentStateRoot),
            MaxResidentNodes = maxStateNodes,
            SignaturesToCheck = signatures,
        };

    /// <param name="parentStateRoot">Of the block's parent.</param>
    /// <param name="mismatch">What came out here.</param>
    /// <param name="activity">What the parent's seal tells.</param>
    /// <param name="isAsked">Whether a peer was asked what the block changed at its own.</param>
    /// <param name="answer">What it said, if anything.</param>
    internal Job ExplainMismatch(
        Crypto.Hash256 parentStateRoot, StateMismatch mismatch, BlockActivity? activity, bool isAsked, PeerMessage.StateChanges? answer) =>
        new ExplainMismatchJob(Ledger, GenesisId, parentStateRoot, mismatch, activity)
        {
            ChangesElsewhere = answer is { Answer: StateChangesAnswer.Given } given ? given.Changes : default(ReadOnlyMemory<byte>?),
            Other = answer?.Answer switch
            {
                StateChangesAnswer.NotKept => OtherChanges.NotKept,
                StateChangesAnswer.TooMany => OtherChanges.TooMany,
                _ => isAsked ? OtherChanges.NoAnswer : OtherChanges.NotAsked,
            },
        };

    internal static Job LoadStateChanges(BlockHeader parent, BlockHeader block, ResidentStates states) =>
        new LoadStateChangesJob(block.Id, parent.Fields.StateRoot, block.Fields.StateRoot)
        {
            ParentResident = states.Find(parent.Fields.StateRoot),
            Resident = states.Find(block.Fields.StateRoot),
        };

    internal Job CheckSignatures(Block block, IReadOnlyList<int> places) => new CheckSignaturesJob(Ledger, GenesisId, block, places);

    internal Job BuildBlock(
        Crypto.Hash256 parentStateRoot, in HeaderFields header, BlockActivity? activity, Mempool mempool, ResidentStates states)
    {
        BlockBudget budget = BlockBudget.Of(Ledger.Limits);
        var frame = new BlockFrame(GenesisId, header.Height, header.Time, activity);
        return new BuildBlockJob(Ledger, parentStateRoot, frame, mempool.SelectCandidates(budget), budget)
        {
            Resident = states.Find(parentStateRoot),
        };
    }
}
