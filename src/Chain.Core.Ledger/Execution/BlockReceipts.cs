using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>The receipts of a block in the store: an array in the order of the block's transactions.</summary>
public static class BlockReceipts
{
    /// <summary>The receipts of <paramref name="block"/>, if it was executed and written here.</summary>
    /// <exception cref="StateUnavailableException">The record is damaged.</exception>
    public static bool TryRead(IKeyValueReader reader, BlockId block, [NotNullWhen(true)] out IReadOnlyList<Receipt>? receipts)
    {
        ArgumentNullException.ThrowIfNull(reader);
        receipts = null;
        if (!reader.TryGet(LedgerKeys.Receipts(block), out byte[]? record))
        {
            return false;
        }

        var source = new WireReader(record);
        var read = new List<Receipt>();
        bool isWhole = source.TryReadArrayHeader(WireLimits.BlockTransactions, out int count);
        for (int i = 0; isWhole && i < count; i++)
        {
            isWhole = Receipt.TryRead(ref source, out Receipt? receipt);
            if (isWhole)
            {
                read.Add(receipt!);
            }
        }

        if (!isWhole || !source.TryEnd())
        {
            throw new StateUnavailableException($"The receipts of the block {block} are damaged: {source.Error}.");
        }

        receipts = read;
        return true;
    }

    internal static void Write(WriteBatch batch, BlockId block, IReadOnlyList<Receipt> receipts)
    {
        var writer = new WireWriter(16 + receipts.Sum(static receipt => receipt.Encoded.Length)).ArrayHeader(receipts.Count);
        foreach (Receipt receipt in receipts)
        {
            writer.Raw(receipt.Encoded.Span);
        }

        batch.Put(LedgerKeys.Receipts(block), writer.Written);
    }
}
