using Chain.Core.Node;
using Chain.Core.Storage;

namespace Chain.Core;

/// <content>Reads that belong together.</content>
public sealed partial class ChainNode
{
    private readonly SharedReads _shared = new();

    /// <summary>
    /// Answers from one moment of the store: whatever <paramref name="read"/> asks belongs together, also while the head
    /// moves. What it returns must not hold on to the snapshot or to a state.
    /// </summary>
    /// <exception cref="StorageException">The store fails or is damaged.</exception>
    /// <exception cref="ObjectDisposedException">The node was disposed.</exception>
    public T Read<T>(Func<ChainSnapshot, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        using IKeyValueSnapshot snapshot = _options.Store.CreateSnapshot();
        return read(new ChainSnapshot(_options.Chain, snapshot, _shared, _options.IndexesTransactions));
    }
}
