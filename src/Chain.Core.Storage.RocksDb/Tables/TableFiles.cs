using Chain.Core.Machines;

namespace Chain.Core.Storage.RocksDb;

/// <summary>Writes batches as tables, which the database takes in as they are.</summary>
/// <remarks>
/// Keys that stand close together and are many, as the pages of a state are, need no log and no merging: a table of them
/// overlaps no other, so the database puts it where it stays. Otherwise each byte is written to the log, to a table, and again
/// each time that table is merged with others.
/// </remarks>
internal sealed class TableFiles : IDisposable
{
    /// <summary>Fewer bytes of neighbouring keys are not worth the syncs of a file.</summary>
    internal const long MinBytes = 1 << 20;

    private readonly Lock _one = new();
    private readonly string _directory;
    private readonly nint _options;
    private readonly nint _fileOptions = RocksDbApi.CreateFileOptions();
    private readonly nint _ingestOptions = RocksDbApi.CreateIngestOptions();

    /// <param name="options">How tables are written.</param>
    /// <param name="path">Where the database is.</param>
    internal TableFiles(RocksDbStoreOptions options, string path)
    {
        _directory = Path.Combine(path, "incoming");
        _options = NativeOptions.Create(options);
        RocksDbApi.SetMoveFiles(_ingestOptions, 1);
    }

    /// <summary>Removes what a crash left of tables that were not taken in. Only who has the database open may.</summary>
    internal void RemoveLeftovers()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    /// <summary>Writes a batch as tables where that is worth it.</summary>
    /// <returns>Whether it did; then the batch is durable, as a whole.</returns>
    /// <exception cref="RocksDbException">The batch was not written, or may not survive.</exception>
    internal bool TryWrite(nint database, WriteBatch batch)
    {
        long bytes = 0;
        foreach (WriteOperation operation in batch.Operations)
        {
            bytes += SortedBatch.BytesOf(in operation);
        }

        if (bytes < MinBytes)
        {
            return false;
        }

        WriteOperation[] sorted = SortedBatch.Sort(batch.Operations);
        List<Range> cuts = SortedBatch.Cut(sorted, MinBytes);
        if (cuts.Count == 0)
        {
            return false;
        }

        lock (_one)
        {
            Directory.CreateDirectory(_directory);
            var paths = new string[cuts.Count];
            for (int i = 0; i < paths.Length; i++)
            {
                paths[i] = Path.Combine(_directory, $"{i}.sst");
                WriteTable(paths[i], sorted.AsSpan(cuts[i]));
            }

            // What was written before must not be lost where this survives.
            RocksDbApi.FlushLog(database, 1, out nint error);
            RocksDbApi.Check(error);
            RocksDbApi.Ingest(database, paths, (nuint)paths.Length, _ingestOptions, out error);
            RocksDbApi.Check(error);
        }

        return true;
    }

    public void Dispose()
    {
        RocksDbApi.DestroyIngestOptions(_ingestOptions);
        RocksDbApi.DestroyFileOptions(_fileOptions);
        RocksDbApi.DestroyOptions(_options);
    }

    /// <summary>Writes and syncs a file.</summary>
    private unsafe void WriteTable(string path, ReadOnlySpan<WriteOperation> operations)
    {
        nint writer = RocksDbApi.CreateTableWriter(_fileOptions, _options);
        try
        {
            RocksDbApi.OpenTable(writer, path, out nint error);
            RocksDbApi.Check(error);
            foreach (WriteOperation operation in operations)
            {
                ReadOnlySpan<byte> key = operation.Key.Span;
                ReadOnlySpan<byte> value = operation.Value.Span;
                fixed (byte* keyStart = key, valueStart = value)
                {
                    if (operation.IsDelete)
                    {
                        RocksDbApi.DeleteInTable(writer, keyStart, (nuint)key.Length, out error);
                    }
                    else
                    {
                        RocksDbApi.PutInTable(writer, keyStart, (nuint)key.Length, valueStart, (nuint)value.Length, out error);
                    }
                }

                RocksDbApi.Check(error);
            }

            RocksDbApi.FinishTable(writer, out error);
            RocksDbApi.Check(error);
        }
        finally
        {
            RocksDbApi.DestroyTableWriter(writer);
        }
    }
}
