using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Where two states part: for whoever has the states of two nodes that disagree on a block, and looks for the reason. A
/// root alone does not tell.
/// </summary>
/// <param name="Module">The first module, in the order of the root, whose content differs.</param>
/// <param name="Key">Its first key, in the order of hashed keys, that differs: the name of a map or value, then the encoded key.</param>
/// <param name="First">What it is in the first state; null where it is not set.</param>
/// <param name="Second">What it is in the second state; null where it is not set.</param>
public sealed record StateDivergence(string Module, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte>? First, ReadOnlyMemory<byte>? Second)
{
    /// <summary>Where two states part first, or null where they are the same. They may be of different stores.</summary>
    /// <exception cref="ArgumentException">The states have different modules: they are of different chains.</exception>
    /// <exception cref="StateUnavailableException">A store lacks a part of its state.</exception>
    public static StateDivergence? Find(ChainState first, ChainState second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (!first.Modules.SequenceEqual(second.Modules))
        {
            throw new ArgumentException(
                $"Different chains: the modules of one are {string.Join(", ", first.Modules)}, of the other {string.Join(", ", second.Modules)}.",
                nameof(second));
        }

        foreach (string module in first.Modules)
        {
            if (new StateTreeDifference(first.TreeOf(module)!, second.TreeOf(module)!).Find() is (var one, var other))
            {
                return new StateDivergence(module, (one ?? other)!.Key, one?.Value, other?.Value);
            }
        }

        return null;
    }

    /// <summary>Executes a block again: the state that comes out by the rules as they are here and now, whatever its header says.</summary>
    /// <inheritdoc cref="FindWriter" path="/param"/>
    /// <returns>The state; null where these rules refuse one of the transactions.</returns>
    /// <exception cref="StateUnavailableException">A store lacks a part of the parent's state.</exception>
    public static ChainState? Replay(
        LedgerDefinition definition, BlockId genesis, ChainState parent, Block block, BlockActivity? activity = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(block);
        var frame = new BlockFrame(genesis, block.Height, block.Header.Time, activity);
        var execution = new BlockExecution(definition, parent, in frame);
        return block.Transactions.All(transaction => execution.TryApply(transaction, definition.Limits.BlockCost) == TransactionRefusal.None)
            ? execution.Finish()
            : null;
    }

    /// <summary>Executes a block again, to find who wrote the key in it.</summary>
    /// <param name="definition">The rules of the chain; as they are here and now, which may not be those of either node.</param>
    /// <param name="genesis">The chain.</param>
    /// <param name="parent">The state of the block's parent.</param>
    /// <param name="block">The block after which the states part; its signatures are not checked.</param>
    /// <param name="activity">What the parent's seal tells of an earlier block, or null.</param>
    /// <returns>
    /// The last transaction that changed the key; null where none did: then a module did it at the end of the block, or the
    /// states differed before.
    /// </returns>
    public Transaction? FindWriter(
        LedgerDefinition definition, BlockId genesis, ChainState parent, Block block, BlockActivity? activity = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(block);
        var frame = new BlockFrame(genesis, block.Height, block.Header.Time, activity);
        var execution = new BlockExecution(definition, parent, in frame);
        ReadOnlyMemory<byte>? before = execution.ValueOf(Module, Key.Span);
        Transaction? writer = null;
        foreach (Transaction transaction in block.Transactions)
        {
            if (execution.TryApply(transaction, definition.Limits.BlockCost) != TransactionRefusal.None)
            {
                break; // no node would go on
            }

            ReadOnlyMemory<byte>? after = execution.ValueOf(Module, Key.Span);
            if (!AreEqual(before, after))
            {
                writer = transaction;
                before = after;
            }
        }

        return writer;
    }

    /// <summary>Whether the key had another value, or none, in the state before.</summary>
    internal bool IsFirstUnlike(ChainState before) =>
        !AreEqual(First, before.TryGet(Module, Key.Span, out ReadOnlyMemory<byte> value) ? value : default(ReadOnlyMemory<byte>?));

    /// <summary>Equal in module, key and values, byte by byte.</summary>
    public bool Equals(StateDivergence? other) =>
        other is not null
        && Module == other.Module
        && Key.Span.SequenceEqual(other.Key.Span)
        && AreEqual(First, other.First)
        && AreEqual(Second, other.Second);

    /// <inheritdoc/>
    public override int GetHashCode() => (Module.Length * 31) + Key.Length;

    private static bool AreEqual(ReadOnlyMemory<byte>? one, ReadOnlyMemory<byte>? other) =>
        one is null == other is null && (one is not { } bytes || bytes.Span.SequenceEqual(other!.Value.Span));
}
