using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>Tries transactions on the state of the head, with the very jobs that build and check blocks.</summary>
internal sealed class TransactionTrial(RpcServices services)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ChainNode _node = services.Node;

    public ValueTask<RpcResult<SimulateResult>> SimulateAsync(Transaction transaction, CancellationToken cancellation) =>
        RunAsync(chain => Simulate(chain, transaction), cancellation);

    public ValueTask<RpcResult<EstimateResult>> EstimateAsync(
        SignatureSchemeTag scheme, ReadOnlyMemory<byte> senderKey, Call call, CancellationToken cancellation) =>
        RunAsync(chain => Estimate(chain, scheme, senderKey, call), cancellation);

    private async ValueTask<RpcResult<T>> RunAsync<T>(Func<ChainSnapshot, RpcResult<T>> trial, CancellationToken cancellation)
        where T : class
    {
        if (!await services.HeavyWork.WaitAsync(Patience, cancellation).ConfigureAwait(false))
        {
            return ErrorKinds.Busy;
        }

        try
        {
            return await Task.Run(() => _node.Read(trial), cancellation).ConfigureAwait(false);
        }
        finally
        {
            services.HeavyWork.Release();
        }
    }

    private RpcResult<SimulateResult> Simulate(ChainSnapshot chain, Transaction transaction)
    {
        BlockHeader head = chain.Head;
        var admission = (TransactionsAdmitted)chain.Run(new AdmitTransactionsJob(
            _node.Chain.Ledger, _node.Chain.GenesisId, head.Fields.StateRoot, head.Height, [transaction]));
        AdmissionVerdict verdict = admission.Verdicts[0];
        if (verdict.Refusal != TransactionRefusal.None)
        {
            return new RpcError(ErrorKinds.OfRefusal(verdict.Refusal), null, verdict.Refusal.ToString());
        }

        RpcResult<ReceiptResult> tried = Try(chain, transaction, verdict.Sender.NextNonce);
        return tried.Error is { } error ? error : new SimulateResult(Results.Place(head), tried.Value!);
    }

    private RpcResult<EstimateResult> Estimate(ChainSnapshot chain, SignatureSchemeTag tag, ReadOnlyMemory<byte> senderKey, Call call)
    {
        LedgerDefinition ledger = _node.Chain.Ledger;
        if (ledger.Schemes.Find(tag) is not { } scheme)
        {
            return ErrorKinds.OfRefusal(TransactionRefusal.UnknownScheme);
        }

        if (senderKey.Length != scheme.PublicKeySize)
        {
            return new RpcError(ErrorKinds.InvalidParams, $"senderKey: {scheme.PublicKeySize} bytes", $"{senderKey.Length} bytes");
        }

        BlockHeader head = chain.Head;
        if (!chain.TryOpenState(head, out ChainState? state))
        {
            return ErrorKinds.StateUnavailable;
        }

        ulong nonce = ledger.Accounts.NextNonce(state, AccountAddress.FromKey(tag, senderKey.Span));

        // The bytes count too: no height that a sender may name takes more of them than this one.
        var terms = new TransactionTerms(nonce, ledger.Limits.MinFee, new BlockHeight(ulong.MaxValue), call);
        Transaction unsigned = Transaction.Assemble(in terms, tag, senderKey.Span, new byte[scheme.SignatureSize]);
        RpcResult<ReceiptResult> tried = Try(chain, unsigned, nonce);
        return tried.Error is { } error ? error : new EstimateResult(
            Results.Place(head), tried.Value!.Cost, unsigned.Encoded.Length, ledger.Limits.MinFee, nonce, tried.Value);
    }

    /// <summary>Builds a block of the one transaction, then executes it for the receipt; the signature is not looked at.</summary>
    private RpcResult<ReceiptResult> Try(ChainSnapshot chain, Transaction transaction, ulong nextNonce)
    {
        LedgerDefinition ledger = _node.Chain.Ledger;
        BlockHeader head = chain.Head;
        var frame = new BlockFrame(_node.Chain.GenesisId, head.Height.Next(), new UnixTime(head.Time.Milliseconds + 1));
        var built = (BlockBuilt)chain.Run(new BuildBlockJob(ledger, head.Fields.StateRoot, frame, [transaction], BlockBudget.Of(ledger.Limits)));
        if (built.Transactions.Count == 0)
        {
            TransactionRefusal refusal = built.Refused.Count > 0 ? built.Refused[0].Reason
                : transaction.Terms.Nonce > nextNonce ? TransactionRefusal.NonceGap
                : TransactionRefusal.BlockFull;
            return new RpcError(ErrorKinds.OfRefusal(refusal), null, refusal.ToString());
        }

        var fields = new HeaderFields(
            BlockHeader.CurrentVersion, frame.Height, head.Id, frame.Time, built.TransactionsRoot, built.StateRoot, Hash256.Zero);
        Block block = Block.Create(BlockHeader.Create(in fields, []), built.Transactions);
        var executed = (BlockExecuted)chain.Run(new ExecuteBlockJob(ledger, _node.Chain.GenesisId, head.Fields.StateRoot, block)
        {
            MaxResidentNodes = 0,
            SignaturesToCheck = [],
        });
        return executed.IsValid
            ? Results.Receipt(executed.Receipts[0])!
            : throw new InvalidOperationException($"A block that was built is not valid: {executed.Reason}");
    }
}
