using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;
using Chain.Core.Storage;

namespace Chain.Core.Simulation;

/// <summary>
/// A store in memory that forgets what a disk may forget: when the power fails, only what was written durably, and
/// a random prefix of what came after, is still there. A durable write makes everything before it durable.
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

    /// <summary>Loses power: a prefix of the unsynced batches, chosen by <paramref name="random"/>, has survived.</summary>
    public void LosePower(DeterministicRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int survivors = random.NextIndex(_unsynced.Count + 1);
        _current = _durable;
        for (int i = 0; i < survivors; i++)
        {
            _current = Apply(_current, _unsynced[i]);
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
