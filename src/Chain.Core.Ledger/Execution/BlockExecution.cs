using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Applies transactions one after the other on the state of a parent. Signatures and everything else that needs
/// no state are checked before.
/// </summary>
internal sealed class BlockExecution(LedgerDefinition definition, ChainState parent, BlockFrame block)
{
    private readonly StateOverlay _state = new(parent);
    private readonly List<Receipt> _receipts = [];

    public IReadOnlyList<Receipt> Receipts => _receipts;

    /// <summary>What all applied transactions cost.</summary>
    public ulong Cost { get; private set; }

    /// <summary>Ends the block: what modules do then, and the state after it. Nothing can be applied any more.</summary>
    public ChainState Finish()
    {
        foreach (IBlockModule module in definition.BlockModules)
        {
            module.EndBlock(Unmetered(default), block.Activity);
        }

        return _state.ToState();
    }

    /// <summary>Applies the transaction with whatever becomes of its call, or leaves everything as it was.</summary>
    /// <param name="transaction">Its signature is checked already.</param>
    /// <param name="costLimit">What all transactions may cost together.</param>
    public TransactionRefusal TryApply(Transaction transaction, ulong costLimit)
    {
        int before = _state.Mark();
        TransactionRefusal refusal = TryCharge(transaction);
        if (refusal == TransactionRefusal.None)
        {
            Receipt receipt = Run(transaction);
            if (receipt.Cost <= costLimit && Cost <= costLimit - receipt.Cost)
            {
                Cost += receipt.Cost;
                _receipts.Add(receipt);
                return TransactionRefusal.None;
            }

            refusal = TransactionRefusal.BlockFull;
        }

        _state.RollBack(before);
        return refusal;
    }

    private TransactionRefusal TryCharge(Transaction transaction)
    {
        TransactionTerms terms = transaction.Terms;
        if (terms.ValidUntil < block.Height)
        {
            return TransactionRefusal.Expired;
        }

        if (terms.Fee < definition.Limits.MinFee)
        {
            return TransactionRefusal.FeeTooLow;
        }

        CallContext context = Unmetered(transaction.Sender);
        ulong next = definition.Accounts.NextNonce(context, transaction.Sender);
        if (terms.Nonce != next || next == ulong.MaxValue)
        {
            return terms.Nonce > next ? TransactionRefusal.NonceGap : TransactionRefusal.NonceUsed;
        }

        bool isPaid = terms.Fee == 0 || (definition.FeeModule?.TryPay(context, transaction.Sender, terms.Fee) ?? false);
        if (!isPaid)
        {
            return TransactionRefusal.FeeUnaffordable;
        }

        definition.Accounts.Nonces.Set(context, transaction.Sender, next + 1);
        return TransactionRefusal.None;
    }

    private Receipt Run(Transaction transaction)
    {
        LedgerLimits limits = definition.Limits;
        var meter = new CostMeter(limits.TransactionCost);
        meter.Charge(limits.BaseCost + (limits.ByteCost * (ulong)transaction.Encoded.Length));
        var context = new CallContext(definition, _state, meter, transaction.Sender, in block);
        int before = _state.Mark();
        TransactionStatus status = Invoke(transaction.Terms.Call, context, out string reason);
        if (meter.IsExceeded)
        {
            status = TransactionStatus.CostExceeded;
        }

        if (status != TransactionStatus.Applied)
        {
            _state.RollBack(before);
        }

        IReadOnlyList<LedgerEvent> events = status == TransactionStatus.Applied ? context.Events : [];
        return Receipt.Create(transaction.Id, status, transaction.Terms.Fee, meter.Used, reason, events);
    }

    private TransactionStatus Invoke(Call call, CallContext context, out string reason)
    {
        reason = "";
        if (definition.Find(call.Module) is not { } module || !module.TryFind(call.Method, out IModuleMethod? method))
        {
            return TransactionStatus.UnknownCall;
        }

        try
        {
            if (!method.TryInvoke(context, call.Arguments, out CallResult result))
            {
                return TransactionStatus.BadArguments;
            }

            reason = result.Reason ?? "";
            return result.IsFailure ? TransactionStatus.Failed : TransactionStatus.Applied;
        }
        catch (CostExceededException)
        {
            return TransactionStatus.CostExceeded;
        }
        catch (Exception exception) when (IsFaultOfTheCall(exception))
        {
            // A module that breaks down does so on every node alike: the call fails and the chain goes on.
            reason = $"{call.Module}.{call.Method} broke down: {exception.GetType().Name}";
            return TransactionStatus.Failed;
        }
    }

    /// <summary>A fault of the store or of memory is this node's alone: it must not become part of the chain.</summary>
    private bool IsFaultOfTheCall(Exception exception) =>
        !_state.HasFailed && exception is not (StateUnavailableException or OutOfMemoryException or InsufficientExecutionStackException);

    private CallContext Unmetered(AccountAddress sender) =>
        new(definition, _state, new CostMeter(ulong.MaxValue), sender, in block);
}
