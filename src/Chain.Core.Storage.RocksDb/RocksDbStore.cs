using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;

namespace Chain.Core.Storage.RocksDb;

/// <summary>The embedded default store: RocksDB in a directory of its own.</summary>
/// <remarks>
/// <para>A torn record at the very end of the log, as a crash leaves it, is dropped on opening; any other damage
/// of the log is refused.</para>
/// <para>A batch that holds a MiB of neighbouring keys is written as tables, past the log, and is durable whatever was asked.</para>
/// <para>The first fault of the disk shuts the store: every later call throws <see cref="StorageException"/>. Open
/// it again when the cause is gone.</para>
/// </remarks>
public sealed class RocksDbStore : IKeyValueStore
{
    private readonly DatabaseHandle _database;
    private readonly ReadOptionsHandle _currentState = new();
    private readonly HashSet<ChildHandle> _open = [];
    private volatile StorageException? _fault;
    private bool _closing;

    private RocksDbStore(DatabaseHandle database) => _database = database;

    /// <summary>Opens the store in <paramref name="directory"/>. One process at a time may hold it.</summary>
    /// <param name="directory">A directory for the store alone; created for the owner only where it is missing.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="StorageException">The store is in use, damaged, not readable or missing.</exception>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public static RocksDbStore Open(string directory, RocksDbStoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        options ??= new RocksDbStoreOptions();
        options.Validate();
        string path = Path.GetFullPath(directory);
        if (options.CreateIfMissing)
        {
            CreateDirectory(path);
        }

        try
        {
            LogCheck.Run(path);
            return new RocksDbStore(OpenDatabase(options, path));
        }
        catch (Exception e) when (e is RocksDbException or UnauthorizedAccessException or (IOException and not StorageException))
        {
            throw StorageFaults.From(e, path);
        }
    }

    /// <inheritdoc/>
    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value) => TryGet(_currentState, key, out value);

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default)
    {
        ThrowIfShut();
        return Scan(null, prefix, from);
    }

    /// <inheritdoc/>
    public void Write(WriteBatch batch, Durability durability)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ThrowIfShut();
        using var use = new HandleUse(_database);
        try
        {
            _database.Write(batch, durability == Durability.Durable);
        }
        catch (Exception e) when (e is RocksDbException or IOException or UnauthorizedAccessException)
        {
            throw Shut(e);
        }

        // Another thread's write may have failed meanwhile: then nothing more is acknowledged.
        ThrowIfShut();
    }

    /// <inheritdoc/>
    public IKeyValueSnapshot CreateSnapshot()
    {
        ThrowIfShut();
        return new RocksDbSnapshot(this, Track(new SnapshotHandle(_database)));
    }

    /// <summary>Closes the store. Open snapshots and scans end with it; calls on other threads are waited for.</summary>
    public void Dispose()
    {
        ChildHandle[] open;
        lock (_open)
        {
            _closing = true;
            open = [.. _open];
            _open.Clear();
        }

        foreach (ChildHandle child in open)
        {
            child.Dispose();
        }

        _database.DisposeAndWait();
        _currentState.Dispose();
    }

    internal bool TryGet(ReadOptionsHandle state, ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value)
    {
        ThrowIfShut();
        using var use = new HandleUse(_database);
        try
        {
            value = _database.Get(state, key);
            return value is not null;
        }
        catch (RocksDbException e)
        {
            throw Shut(e);
        }
    }

    internal IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        SnapshotHandle? snapshot, ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from)
    {
        ThrowIfShut();
        IteratorHandle iterator = OpenIterator(snapshot, prefix.Span, from.Span);
        try
        {
            while (TryNext(iterator, out KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> pair))
            {
                yield return pair;
            }
        }
        finally
        {
            Release(iterator);
        }
    }

    /// <summary>Moves what stands in the log into tables.</summary>
    internal void Flush()
    {
        using var use = new HandleUse(_database);
        nint options = RocksDbApi.CreateFlushOptions();
        RocksDbApi.Flush(_database.Native, options, out nint error);
        RocksDbApi.DestroyFlushOptions(options);
        RocksDbApi.Check(error);
    }

    internal void Release(ChildHandle child)
    {
        lock (_open)
        {
            _open.Remove(child);
        }

        child.Dispose();
    }

    private IteratorHandle OpenIterator(SnapshotHandle? snapshot, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> from)
    {
        if (snapshot is null)
        {
            return Track(new IteratorHandle(_database, null, prefix, from));
        }

        using var use = new HandleUse(snapshot);
        return Track(new IteratorHandle(_database, snapshot, prefix, from));
    }

    private bool TryNext(IteratorHandle iterator, out KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> pair)
    {
        ThrowIfShut();
        using var use = new HandleUse(iterator);
        try
        {
            return iterator.TryNext(out pair);
        }
        catch (RocksDbException e)
        {
            throw Shut(e);
        }
    }

    private T Track<T>(T child)
        where T : ChildHandle
    {
        lock (_open)
        {
            if (_closing)
            {
                child.Dispose();
                throw new ObjectDisposedException(nameof(RocksDbStore));
            }

            _open.Add(child);
            return child;
        }
    }

    private StorageException Shut(Exception cause)
    {
        StorageException fault = StorageFaults.From(cause, _database.Path);
        _fault ??= fault;
        return fault;
    }

    private void ThrowIfShut()
    {
        if (_fault is { } fault)
        {
            throw new StorageException(fault.Fault, $"The store is shut since an earlier fault: {fault.Message}", fault);
        }
    }

    private static DatabaseHandle OpenDatabase(RocksDbStoreOptions options, string path)
    {
        nint native = NativeOptions.OpenDatabase(options, path);
        var tables = new TableFiles(options, path);
        var database = new DatabaseHandle(native, path, tables);
        try
        {
            tables.RemoveLeftovers();
            return database;
        }
        catch
        {
            database.DisposeAndWait();
            throw;
        }
    }

    private static void CreateDirectory(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageFault.AccessDenied, $"The data directory {path} could not be made: {e.Message}", e);
        }
    }
}
