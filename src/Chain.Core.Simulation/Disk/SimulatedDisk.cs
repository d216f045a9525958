using System.Collections.Immutable;
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
    private static readonly ImmutableSortedDictionary<ReadOnlyMemory<byte>, byte[]> Empty =
        ImmutableSortedDictionary.Create<ReadOnlyMemory<byte>, byte[]>(KeyOrder.Instance);

    private readonly List<WriteBatch> _unsynced = [];
    private ImmutableSortedDictionary<ReadOnlyMemory<byte>, byte[]> _current = Empty;
    private ImmutableSortedDictionary<ReadOnlyMemory<byte>, byte[]> _durable = Empty;

    /// <summary>How many batches a loss of power could take.</summary>
    public int UnsyncedBatches => _unsynced.Count;

    /// <summary>Whether the disk only says that it syncs, as one with a volatile cache does. A node cannot be safe on it.</summary>
    /// <value>False by default.</value>
    public bool LiesAboutSync { get; set; }

    /// <summary>How the log is read after a loss of power.</summary>
    internal DiskRecovery Recovery { get; set; }

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
        _current = Apply(_current, batch);
        _unsynced.Add(batch);
    }

    internal void Sync()
    {
        if (!LiesAboutSync)
        {
            _unsynced.Clear();
            _durable = _current;
        }
    }

    /// <summary>Loses power: what has survived of the unsynced log is chosen by <paramref name="random"/>.</summary>
    public void LosePower(DeterministicRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        _current = _durable;
        foreach (WriteBatch batch in new UnsyncedLog(_unsynced).Damage(random, Recovery))
        {
            _current = Apply(_current, batch);
        }

        _durable = _current;
        _unsynced.Clear();
    }

    /// <inheritdoc/>
    public IKeyValueSnapshot CreateSnapshot() => new Snapshot(_current);

    /// <inheritdoc/>
    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value) =>
        _current.TryGetValue(key.ToArray(), out value);

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default) => Scan(_current, prefix, from);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing but memory is held.
    }

    private static ImmutableSortedDictionary<ReadOnlyMemory<byte>, byte[]> Apply(
        ImmutableSortedDictionary<ReadOnlyMemory<byte>, byte[]> state, WriteBatch batch)
    {
        ImmutableSortedDictionary<ReadOnlyMemory<byte>, byte[]>.Builder builder = state.ToBuilder();
        foreach (WriteOperation operation in batch.Operations)
        {
            if (operation.IsDelete)
            {
                builder.Remove(operation.Key);
            }
            else
            {
                builder[operation.Key] = operation.Value.ToArray();
            }
        }

        return builder.ToImmutable();
    }

    private static IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ImmutableSortedDictionary<ReadOnlyMemory<byte>, byte[]> state, ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from)
    {
        foreach ((ReadOnlyMemory<byte> key, byte[] value) in state)
        {
            bool isOfPrefix = key.Span.StartsWith(prefix.Span);
            if (isOfPrefix && key.Span.SequenceCompareTo(from.Span) >= 0)
            {
                yield return new(key, value);
            }
            else if (!isOfPrefix && key.Span.SequenceCompareTo(prefix.Span) > 0)
            {
                yield break;
            }
        }
    }

    private sealed class Snapshot(ImmutableSortedDictionary<ReadOnlyMemory<byte>, byte[]> state) : IKeyValueSnapshot
    {
        public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value) =>
            state.TryGetValue(key.ToArray(), out value);

        public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
            ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default) => SimulatedDisk.Scan(state, prefix, from);

        public void Dispose()
        {
            // The state is immutable and shared.
        }
    }

    private sealed class KeyOrder : IComparer<ReadOnlyMemory<byte>>
    {
        public static KeyOrder Instance { get; } = new();

        public int Compare(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceCompareTo(y.Span);
    }
}
