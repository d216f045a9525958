using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// Turns proofs of offences into transactions of the signer's account, and hands each in again until the state says
/// that the offence is settled. A node without a key, or a chain without a module for it, reports nothing.
/// </summary>
internal sealed class EvidenceDesk(ChainDefinition definition, ISigner? signer, ulong fee)
{
    internal const int MaxOpen = 64;

    /// <summary>For how many blocks a report may be included; after that a new one is signed.</summary>
    private const ulong ValidBlocks = 64;

    /// <summary>For how many blocks a report that is not in the mempool is given time to get there.</summary>
    private const ulong Patience = 4;

    private readonly List<OpenCase> _open = [];
    private readonly AccountAddress _reporter =
        signer is null ? default : AccountAddress.FromKey(signer.Scheme, signer.PublicKey.Span);

    private ulong _jobs;
    private bool _checking;

    /// <summary>How many offences are not settled.</summary>
    public int OpenCount => _open.Count;

    /// <summary>Takes a proof; a known one, and one too many, is passed over.</summary>
    public void Add(ReadOnlyMemory<byte> proof)
    {
        bool isKnown = _open.Exists(each => each.Proof.Span.SequenceEqual(proof.Span));
        if (signer is not null && definition.Ledger.Evidence is not null && !isKnown && _open.Count < MaxOpen)
        {
            _open.Add(new OpenCase(proof.ToArray()));
        }
    }

    /// <summary>Looks at the state after the head, where something is open.</summary>
    public void Check(BlockHeader head, IEffects effects)
    {
        if (_open.Count > 0 && !_checking)
        {
            _checking = true;
            ReadOnlyMemory<byte>[] proofs = [.. _open.Select(each => each.Proof)];
            effects.Offload(
                new JobId(_jobs++),
                new CheckEvidenceJob(definition.Ledger, head.Fields.StateRoot, head.Height, _reporter, proofs));
        }
    }

    /// <summary>Forgets what is settled, and signs a report of what is open and not on its way.</summary>
    /// <param name="result">What the state says.</param>
    /// <param name="isPooled">Whether a transaction waits in the mempool.</param>
    public IReadOnlyList<Transaction> OnChecked(EvidenceChecked result, Func<TransactionId, bool> isPooled)
    {
        _checking = false;
        var reports = new List<Transaction>();
        ulong nonce = result.NextNonce;
        for (int i = 0; i < result.Proofs.Count; i++)
        {
            OpenCase found = _open.Find(each => each.Proof.Span.SequenceEqual(result.Proofs[i].Span))!;
            if (result.Settled[i])
            {
                _open.Remove(found);
            }
            else if (found.Report is { } report && IsOnItsWay(report, result, isPooled))
            {
                nonce = ulong.Max(nonce, report.Terms.Nonce + 1);
            }
            else
            {
                found.Report = null;
            }
        }

        foreach (OpenCase each in _open.Where(static each => each.Report is null))
        {
            each.Report = Sign(each.Proof, nonce++, result.Height);
            reports.Add(each.Report);
        }

        return reports;
    }

    private static bool IsOnItsWay(Transaction report, EvidenceChecked result, Func<TransactionId, bool> isPooled)
    {
        ulong signedAt = report.Terms.ValidUntil.Value - ValidBlocks;
        return report.Terms.Nonce >= result.NextNonce
            && result.Height < report.Terms.ValidUntil
            && (isPooled(report.Id) || result.Height.Value < signedAt + Patience);
    }

    private Transaction Sign(ReadOnlyMemory<byte> proof, ulong nonce, BlockHeight height)
    {
        ulong paid = ulong.Max(fee, definition.Ledger.Limits.MinFee);
        var until = new BlockHeight(height.Value + ValidBlocks);
        var terms = new TransactionTerms(nonce, paid, until, definition.Ledger.Evidence!.Report(proof));
        return Transaction.Sign(in terms, definition.GenesisId, signer!);
    }

    private sealed class OpenCase(ReadOnlyMemory<byte> proof)
    {
        public ReadOnlyMemory<byte> Proof { get; } = proof;

        public Transaction? Report { get; set; }
    }
}
