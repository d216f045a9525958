using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Node;

/// <summary>What only the machine knows, noted on its thread between two steps for whoever asks on another.</summary>
internal sealed class ChainFigures
{
    private long _finalized;
    private long _headTime;
    private long _waitingTransactions;
    private long _waitingBytes;

    /// <summary>The height of the newest block that can never be undone.</summary>
    public long Finalized => Volatile.Read(ref _finalized);

    /// <summary>The time of the head, in Unix milliseconds.</summary>
    public UnixTime HeadTime => new((ulong)Volatile.Read(ref _headTime));

    /// <summary>Transactions in the mempool.</summary>
    public long WaitingTransactions => Volatile.Read(ref _waitingTransactions);

    /// <summary>Their bytes.</summary>
    public long WaitingBytes => Volatile.Read(ref _waitingBytes);

    /// <summary>Takes the figures; on the machine's thread only.</summary>
    public void Update(FullNode machine)
    {
        Volatile.Write(ref _finalized, (long)machine.Tree.Finalized.Header.Height.Value);
        Volatile.Write(ref _headTime, (long)machine.Head.Time.Milliseconds);
        Volatile.Write(ref _waitingTransactions, machine.MempoolCount);
        Volatile.Write(ref _waitingBytes, machine.MempoolBytes);
    }
}
