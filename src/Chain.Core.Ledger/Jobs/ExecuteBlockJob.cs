using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Checks a block's body and executes it on the state of its parent: the transactions root, sizes, signatures,
/// nonces, fees, expiry, cost, and that the state root in the header is the one that comes out. The verdict is a
/// function of the parent's state and the block alone.
/// </summary>
/// <param name="definition">The rules of the chain.</param>
/// <param name="genesis">The chain that signatures must be made for.</param>
/// <param name="parentStateRoot">From the header of the block's parent; the snapshot must hold this state.</param>
/// <param name="block">The block; its header is taken as given.</param>
/// <param name="activity">What the parent's seal tells of an earlier block, or null.</param>
public sealed class ExecuteBlockJob(
    LedgerDefinition definition, BlockId genesis, Hash256 parentStateRoot, Block block, BlockActivity? activity = null) : Job
{
    private const int BriefTransactions = 12;
    private const int BriefBytes = 16 * 1024;
    private const int BriefSignatures = 8; // what vector lanes check at once

    /// <summary>In the units of <see cref="LedgerLimits"/>, of which half is for signatures that were checked before.</summary>
    private const ulong BriefCost = 100_000;

    /// <summary>What is in memory of the parent's state; null reads all that is needed from the snapshot.</summary>
    public ResidentState? Resident { get; init; }

    /// <summary>How many nodes of the state may stay in memory for the next job; 0 keeps none.</summary>
    /// <value>400,000 by default, about 64 MB.</value>
    public long MaxResidentNodes { get; init; } = 400_000;

    /// <summary>
    /// The places of the transactions whose signatures this job checks; null checks all. Whoever leaves one out knows
    /// that the very same transaction was found right before, or has it checked elsewhere.
    /// </summary>
    public IReadOnlyList<int>? SignaturesToCheck { get; init; }

    /// <inheritdoc/>
    public override int SignatureChecks => SignaturesToCheck?.Count ?? block.Transactions.Count;

    /// <inheritdoc/>
    /// <remarks>What is in memory of the parent's state is not part of it: it saves reads and changes no result.</remarks>
    public override object? SharingKey => activity is null
        ? new ExecutionKey(definition, genesis, parentStateRoot, block, MaxResidentNodes, SignaturesToCheck)
        : null;

    /// <summary>Computes a <see cref="BlockExecuted"/>.</summary>
    /// <exception cref="StateUnavailableException">The snapshot lacks the parent's state, or it is damaged.</exception>
    public override JobResult Run(IKeyValueReader snapshot) => Run(snapshot, ulong.MaxValue)!;

    /// <inheritdoc/>
    /// <remarks>A block of a few transactions, which is given up where it turns out to cost more than such a block should.</remarks>
    public override JobResult? TryRunBriefly(IKeyValueReader snapshot) =>
        block.Transactions.Count <= BriefTransactions && SignatureChecks <= BriefSignatures && BlockBudget.BodyBytes(block) <= BriefBytes
            ? Run(snapshot, BriefCost)
            : null;

    /// <summary>Null where it is given up, because something or all together takes more than <paramref name="patience"/>.</summary>
    private BlockExecuted? Run(IKeyValueReader snapshot, ulong patience)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if ((FindWrongSize() ?? FindWrongTransaction()) is { } reason)
        {
            return Invalid(reason, default);
        }

        var frame = new BlockFrame(genesis, block.Height, block.Header.Time, activity);
        var execution = new BlockExecution(definition, ChainState.Open(snapshot, in parentStateRoot, Resident), in frame) { Patience = patience };
        execution.ReadSenders(block.Transactions);
        for (int i = 0; i < block.Transactions.Count; i++)
        {
            TransactionRefusal refusal = execution.TryApply(block.Transactions[i], definition.Limits.BlockCost);
            if (execution.IsGivenUp || execution.Cost > patience)
            {
                return null;
            }

            if (refusal != TransactionRefusal.None)
            {
                return Invalid(Describe(i, refusal), default);
            }
        }

        return Finish(execution);
    }

    private BlockExecuted? Finish(BlockExecution execution)
    {
        ChainState state = execution.Finish();
        if (execution.IsGivenUp)
        {
            return null;
        }

        Hash256 expected = block.Header.Fields.StateRoot;
        if (state.Root != expected)
        {
            return Invalid($"block #{block.Height}: the header's state root is {expected}, execution gives {state.Root}{Describe(state)}", state.Root) with
            {
                Mismatch = StateMismatch.Create(block, state.Root, in parentStateRoot, execution.Changes()),
            };
        }

        var batch = new WriteBatch();
        state = state.Commit(batch);
        BlockReceipts.Write(batch, block.Id, execution.Receipts);
        return new BlockExecuted(block.Id, true, "", batch, execution.Receipts, state.Root, execution.Cost)
        {
            Resident = MaxResidentNodes > 0 ? state.ToResident(MaxResidentNodes) : null,
        };
    }

    private string? FindWrongSize()
    {
        LedgerLimits limits = definition.Limits;
        if (block.Transactions.Count > limits.BlockTransactions)
        {
            return $"block #{block.Height}: {block.Transactions.Count} transactions, at most {limits.BlockTransactions} are allowed";
        }

        if (BlockBudget.BodyBytes(block) > limits.BlockBytes)
        {
            return $"block #{block.Height}: {BlockBudget.BodyBytes(block)} bytes of transactions, at most {limits.BlockBytes} are allowed";
        }

        return Block.RootOf(block.Transactions) == block.Header.Fields.TransactionsRoot
            ? null
            : $"block #{block.Height}: the transactions root is not that of the transactions";
    }

    private string? FindWrongTransaction()
    {
        var seen = new HashSet<TransactionId>(block.Transactions.Count);
        var refusals = new TransactionRefusal[block.Transactions.Count];
        for (int i = 0; i < refusals.Length; i++)
        {
            refusals[i] = seen.Add(block.Transactions[i].Id)
                ? TransactionChecks.CheckForm(definition, block.Transactions[i], block.Height)
                : TransactionRefusal.Duplicate;
            if (refusals[i] != TransactionRefusal.None)
            {
                return Describe(i, refusals[i]);
            }
        }

        TransactionChecks.CheckSignatures(definition, genesis, block.Transactions, SignaturesToCheck, refusals);
        int bad = Array.FindIndex(refusals, static refusal => refusal != TransactionRefusal.None);
        return bad < 0 ? null : Describe(bad, refusals[bad]);
    }

    private string Describe(int index, TransactionRefusal refusal) =>
        $"block #{block.Height}: transaction {index} ({block.Transactions[index].Id}) is not allowed: {refusal}";

    /// <summary>What this side knows: the other side's state is not here, so that the first key that differs is found where both are.</summary>
    private string Describe(ChainState state)
    {
        IEnumerable<string> roots = state.Modules.Select(module => $"{module} {state.TreeOf(module)!.Root}");
        string who = block.Transactions.Count == 0 ? "no transactions" : $"transactions: {block.Transactions.Count}, the first {block.Transactions[0].Id}";
        return $", by module {string.Join(", ", roots)}; {who}; 'replay --compare' over the folders of two nodes names the key and who wrote it";
    }

    private BlockExecuted Invalid(string reason, in Hash256 stateRoot) => new(block.Id, false, reason, new WriteBatch(), [], stateRoot, 0);
}
