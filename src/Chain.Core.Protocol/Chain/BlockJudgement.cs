using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// The jobs that judge one block together: one executes it, and where it is large others check the signatures that
/// the mempool has not checked. The verdict does not depend on which of them ends first.
/// </summary>
internal sealed class BlockJudgement(Block block)
{
    /// <summary>Fewer signatures are not worth a job of their own.</summary>
    private const int SignaturesWorthAJob = 64;

    private BlockExecuted? _executed;
    private int? _wrongSignature;
    private int _jobsLeft;

    public Block Block { get; } = block;

    /// <summary>
    /// Divides the signatures to check, by their places, among jobs: the first share is for the one that executes, each other for
    /// one that only checks.
    /// </summary>
    public List<int>[] Share(List<int> unproven, int lanes)
    {
        int parts = int.Min(lanes, unproven.Count / SignaturesWorthAJob);
        if (parts <= 1)
        {
            _jobsLeft = 1;
            return [unproven];
        }

        var shares = new List<int>[1 + parts];
        shares[0] = [];
        for (int part = 0; part < parts; part++)
        {
            int start = unproven.Count * part / parts;
            shares[1 + part] = unproven[start..(unproven.Count * (part + 1) / parts)];
        }

        _jobsLeft = shares.Length;
        return shares;
    }

    /// <summary>Takes a result; answers the verdict once it is the last.</summary>
    public BlockExecuted? Take(JobResult result)
    {
        _jobsLeft--;
        switch (result)
        {
            case BlockExecuted executed:
                _executed = executed;
                break;
            case SignaturesChecked { FirstWrong: { } wrong }:
                _wrongSignature = int.Min(wrong, _wrongSignature ?? wrong);
                break;
        }

        return _jobsLeft > 0 ? null
            : _wrongSignature is { } place && _executed!.IsValid
                ? _executed with
                {
                    IsValid = false,
                    Reason = $"block #{Block.Height}: transaction {place} ({Block.Transactions[place].Id}) is not allowed: {TransactionRefusal.BadSignature}",
                    Writes = new WriteBatch(),
                    Receipts = [],
                    Resident = null,
                }
            : _executed;
    }
}
