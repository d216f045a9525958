using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;
using Chain.Core.Storage;

namespace Chain.Core.Simulation;

/// <summary>
/// A store in memory that forgets what a disk may forget. When the power fails, what was written durably is still
/// there; of the log of what came after, sectors are lost, torn or written out of order, and the batches up to the first
/// broken one are read back. A durable write makes everything before it durable.
/// </summary>
public sealed class SimulatedDisk : IKeyValueStore
{
    private readonly List<WriteBatch> _unsynced = [];

    /// <summary>What stood under each key before it was written since the last sync, in order; null where nothing did.</summary>
    private readonly List<(ReadOnlyMemory<byte> Key, DiskRecord? Before)> _undo = [];

    private DiskRecords _records = new();

    /// <summary>How many batches a loss of power could take.</summary>
    public int UnsyncedBatches => _unsynced.Count;

    /// <summary>Whether the disk only says that it syncs, as one with a volatile cache does. A node cannot be safe on it.</summary>
    /// <value>False by default.</value>
    public bool LiesAboutSync { get; set; }

    /// <summary>How the log is read after a loss of power.</summary>
    internal DiskRecovery Recovery { get; set; }

    /// <summary>Where records are shared with other disks; null where they are not.</summary>
    internal RecordTable? Shared { get; set; }

    /// <inheritdoc/>
    public void Write(WriteBatch batch, Durability durability)
    {
        Begin(batch);
        if (durability == Durability.Durable)
        {
            Sync();
        }
    }

    /// <summary>Applies a batch that is not on stable storage before <see cref="Sync"/>.</summary>
    internal void Begin(WriteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Apply(batch);
        _unsynced.Add(batch);
    }

    internal void Sync()
    {
        if (!LiesAboutSync)
        {
            _unsynced.Clear();
            _undo.Clear();
        }
    }

    /// <summary>Loses power: what has survived of the unsynced log is chosen by <paramref name="random"/>.</summary>
    public void LosePower(DeterministicRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        DetachReaders();
        for (int i = _undo.Count - 1; i >= 0; i--)
        {
            Set(_undo[i].Key, _undo[i].Before);
        }

        foreach (WriteBatch batch in new UnsyncedLog(_unsynced).Damage(random, Recovery))
        {
            Apply(batch);
        }

        _unsynced.Clear();
        _undo.Clear();
    }

    /// <inheritdoc/>
    public IKeyValueSnapshot CreateSnapshot() => new Snapshot(_records);

    /// <inheritdoc/>
    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value)
    {
        value = _records.Find(key)?.Value;
        return value is not null;
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default)
    {
        using IKeyValueSnapshot snapshot = CreateSnapshot();
        foreach (KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> pair in snapshot.Scan(prefix, from))
        {
            yield return pair;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing but memory is held.
    }

    private void Apply(WriteBatch batch)
    {
        DetachReaders();
        IReadOnlyList<WriteOperation> operations = batch.Operations;
        for (int i = 0; i < operations.Count; i++)
        {
            WriteOperation operation = operations[i];
            DiskRecord? record = operation.IsDelete ? null : Shared?.Find(operation) ?? RecordTable.Create(operation);
            _undo.Add((operation.Key, Set(operation.Key, record)));
        }
    }

    private DiskRecord? Set(ReadOnlyMemory<byte> key, DiskRecord? record) =>
        record is null ? _records.Remove(key.Span) : _records.Put(record);

    /// <summary>Leaves the records to those who read them, and goes on with a copy: hardly ever, for snapshots are short.</summary>
    private void DetachReaders()
    {
        if (_records.Readers > 0)
        {
            _records = _records.Clone();
        }
    }

    private sealed class Snapshot : IKeyValueSnapshot
    {
        private readonly DiskRecords _records;
        private bool _isDisposed;

        public Snapshot(DiskRecords records)
        {
            _records = records;
            records.Readers++;
        }

        public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value)
        {
            value = _records.Find(key)?.Value;
            return value is not null;
        }

        public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
            ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default)
        {
            ReadOnlyMemory<byte> first = from.Span.SequenceCompareTo(prefix.Span) > 0 ? from : prefix;
            foreach (DiskRecord record in _records.From(first))
            {
                if (!record.Key.Span.StartsWith(prefix.Span))
                {
                    yield break;
                }

                yield return new(record.Key, record.Value);
            }
        }

        public void Dispose()
        {
            _records.Readers -= _isDisposed ? 0 : 1;
            _isDisposed = true;
        }
    }
}
