using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Checks the signatures of some transactions of a block, so that several threads share the work while another one
/// executes it: see <see cref="ExecuteBlockJob.SignaturesToCheck"/>.
/// </summary>
/// <param name="definition">The rules of the chain.</param>
/// <param name="genesis">The chain that signatures must be made for.</param>
/// <param name="block">The block.</param>
/// <param name="places">Which of its transactions.</param>
public sealed class CheckSignaturesJob(LedgerDefinition definition, BlockId genesis, Block block, IReadOnlyList<int> places) : Job
{
    /// <inheritdoc/>
    public override int SignatureChecks => places.Count;

    /// <summary>Computes a <see cref="SignaturesChecked"/>.</summary>
    public override JobResult Run(IKeyValueReader snapshot)
    {
        var refusals = new TransactionRefusal[block.Transactions.Count];
        foreach (int place in places)
        {
            refusals[place] = TransactionChecks.CheckForm(definition, block.Transactions[place], block.Height);
        }

        TransactionChecks.CheckSignatures(definition, genesis, block.Transactions, places, refusals);
        int wrong = Array.FindIndex(refusals, static refusal => refusal != TransactionRefusal.None);
        return new SignaturesChecked(wrong < 0 ? null : wrong);
    }
}
