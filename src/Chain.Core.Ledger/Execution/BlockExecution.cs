using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Applies transactions one after the other on the state of a parent. Signatures and everything else that needs
/// no state are checked before.
/// </summary>
internal sealed class BlockExecution
{
    private const int KeysReadTogether = 256;

    private readonly LedgerDefinition _definition;
    private readonly BlockFrame _block;
    private readonly StateOverlay _state;
    private readonly CostMeter _meter = new(0);
    private readonly CallContext _context;
    private readonly WireWriter _receiptRoom = new(512);
    private readonly CopiedBytes _receiptCopies = new();
    private readonly List<Receipt> _receipts = [];

    public BlockExecution(LedgerDefinition definition, ChainState parent, in BlockFrame block)
    {
        _definition = definition;
        _block = block;
        _state = new StateOverlay(parent);
        _context = new CallContext(definition, _state, _meter, default, in block);
    }

    public IReadOnlyList<Receipt> Receipts => _receipts;

    /// <summary>What all applied transactions cost.</summary>
    public ulong Cost { get; private set; }

    /// <summary>How much a call or the end of the block may do before the whole execution is given up; nothing bounds it by default.</summary>
    public ulong Patience { get; init; } = ulong.MaxValue;

    /// <summary>Whether something took more than <see cref="Patience"/>: what came out means nothing then.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>The value of a key after what was applied so far; null where it is not set.</summary>
    public ReadOnlyMemory<byte>? ValueOf(string module, ReadOnlySpan<byte> key) =>
        _state.TryGet(module, key, out ReadOnlyMemory<byte> value) ? value : default(ReadOnlyMemory<byte>?);

    /// <summary>
    /// Reads where the senders of a block stand before its first transaction is applied: their keys are hashed and looked
    /// up together. It saves time and changes nothing.
    /// </summary>
    public void ReadSenders(IReadOnlyList<Transaction> transactions)
    {
        _state.Expect(transactions.Count);
        var asked = new AskedKeys();
        for (int i = 0; i < transactions.Count; i++)
        {
            Ask(asked, transactions[i].Sender);
            if (asked.Count >= KeysReadTogether || i == transactions.Count - 1)
            {
                _state.Read(asked);
                asked.Clear();
            }
        }
    }

    /// <summary>Ends the block: what modules do then, and the state after it. Nothing can be applied any more.</summary>
    public ChainState Finish()
    {
        foreach (IBlockModule module in _definition.BlockModules)
        {
            _context.Begin(default, Patience);
            EndBlock(module);
        }

        return _state.ToState();
    }

    private void EndBlock(IBlockModule module)
    {
        try
        {
            module.EndBlock(_context, _block.Activity);
        }
        catch (Exception) when (_meter.IsExceeded && Patience < ulong.MaxValue)
        {
            // Given up, whatever the module made of that.
        }

        IsGivenUp |= _meter.IsExceeded;
    }

    /// <summary>All that <see cref="Finish"/> changed in the parent's state.</summary>
    public KeyedModuleChanges[] Changes() => _state.Changes();

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
                _state.Keep();
                return TransactionRefusal.None;
            }

            refusal = TransactionRefusal.BlockFull;
        }

        _state.RollBack(before);
        return refusal;
    }

    private void Ask(AskedKeys asked, AccountAddress sender)
    {
        try
        {
            _definition.Accounts.NextNonce(asked, sender);
            _definition.FeeModule?.Spendable(asked, sender);
        }
        catch (Exception exception) when (IsFaultOfTheCall(exception))
        {
            // A module that cannot do without an answer asks again when the transaction is applied.
        }
    }

    private TransactionRefusal TryCharge(Transaction transaction)
    {
        TransactionTerms terms = transaction.Terms;
        if (terms.ValidUntil < _block.Height)
        {
            return TransactionRefusal.Expired;
        }

        if (terms.Fee < _definition.Limits.MinFee)
        {
            return TransactionRefusal.FeeTooLow;
        }

        AccountAddress sender = transaction.Sender;
        _context.Begin(sender, ulong.MaxValue); // a nonce and a fee, whatever the call is
        ulong next = _definition.Accounts.NextNonce(_context, sender);
        if (terms.Nonce != next || next == ulong.MaxValue)
        {
            return terms.Nonce > next ? TransactionRefusal.NonceGap : TransactionRefusal.NonceUsed;
        }

        bool isPaid = terms.Fee == 0 || (_definition.FeeModule?.TryPay(_context, sender, terms.Fee) ?? false);
        if (!isPaid)
        {
            return TransactionRefusal.FeeUnaffordable;
        }

        _definition.Accounts.Nonces.Set(_context, sender, next + 1);
        return TransactionRefusal.None;
    }

    private Receipt Run(Transaction transaction)
    {
        LedgerLimits limits = _definition.Limits;
        _context.Begin(transaction.Sender, ulong.Min(limits.TransactionCost, Patience));
        _meter.Charge(limits.BaseCost + (limits.ByteCost * (ulong)transaction.Encoded.Length));
        int before = _state.Mark();
        TransactionStatus status = Invoke(transaction.Terms.Call, _context, out string reason);
        if (_meter.IsExceeded)
        {
            status = TransactionStatus.CostExceeded;
            IsGivenUp |= Patience < limits.TransactionCost;
        }

        if (status != TransactionStatus.Applied)
        {
            _state.RollBack(before);
        }

        ReadOnlySpan<LedgerEvent> events = status == TransactionStatus.Applied ? _context.Events : [];
        return Receipt.Create(_receiptRoom, _receiptCopies, transaction.Id, status, transaction.Terms.Fee, _meter.Used, reason, events);
    }

    private TransactionStatus Invoke(Call call, CallContext context, out string reason)
    {
        reason = "";
        if (_definition.Find(call.Module) is not { } module || !module.TryFind(call.Method, out IModuleMethod? method))
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
}
