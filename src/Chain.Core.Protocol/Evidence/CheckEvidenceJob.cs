using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>Asks the state which offences are still to be reported, and with which nonce the reporter's next transaction goes.</summary>
internal sealed class CheckEvidenceJob(
    LedgerDefinition ledger, Hash256 stateRoot, BlockHeight height, AccountAddress reporter, IReadOnlyList<ReadOnlyMemory<byte>> proofs) : Job
{
    public override JobResult Run(IKeyValueReader snapshot)
    {
        ChainState state = ChainState.Open(snapshot, in stateRoot);
        var settled = new bool[proofs.Count];
        for (int i = 0; i < settled.Length; i++)
        {
            settled[i] = ledger.Evidence!.IsSettled(state, height, proofs[i]);
        }

        return new EvidenceChecked(height, proofs, settled, ledger.Accounts.NextNonce(state, reporter));
    }
}
