namespace Chain.Core.Storage.RocksDb;

/// <summary>The settings of RocksDB that this store stands on.</summary>
internal static class NativeOptions
{
    private const double BloomBitsPerKey = 10;
    private const int WriteBuffers = 2;

    /// <summary>Opens a database with these settings.</summary>
    /// <exception cref="RocksDbException">It could not be opened.</exception>
    internal static nint OpenDatabase(RocksDbStoreOptions options, string path)
    {
        nint native = Create(options);
        try
        {
            nint database = RocksDbApi.Open(native, path, out nint error);
            RocksDbApi.Check(error);
            return database;
        }
        finally
        {
            RocksDbApi.DestroyOptions(native);
        }
    }

    /// <summary>The settings; to be destroyed.</summary>
    internal static nint Create(RocksDbStoreOptions options)
    {
        nuint half = (nuint)options.MemoryBudget / 2;
        nint native = RocksDbApi.CreateOptions();
        RocksDbApi.SetCreateIfMissing(native, Flag(options.CreateIfMissing));

        // The default, PointInTime, opens silently without the fsynced batches after a flipped byte in the log.
        RocksDbApi.SetWalRecoveryMode(native, RocksDbApi.TolerateCorruptedTailRecords);
        RocksDbApi.SetParanoidChecks(native, 1);
        RocksDbApi.SetParanoidFileChecks(native, 1);
        RocksDbApi.SetTrackAndVerifyWals(native, 1);
        RocksDbApi.SetCompression(native, options.Compress ? RocksDbApi.Lz4Compression : RocksDbApi.NoCompression);
        RocksDbApi.SetWriteBufferSize(native, half / WriteBuffers);
        RocksDbApi.SetMaxWriteBuffers(native, WriteBuffers);
        RocksDbApi.SetMaxOpenFiles(native, options.MaxOpenFiles);
        RocksDbApi.SetMaxFileOpeningThreads(native, 1);
        RocksDbApi.SetCloseOnExec(native, 1);
        RocksDbApi.SetStatisticsPeriod(native, 0);
        RocksDbApi.SetKeptInfoLogs(native, 2);
        RocksDbApi.SetMaxInfoLogSize(native, 1 << 20);
        RocksDbApi.SetManifestPreallocation(native, 1 << 16);
        SetTables(native, half);
        return native;
    }

    private static void SetTables(nint native, nuint cacheBytes)
    {
        nint tables = RocksDbApi.CreateTableOptions();
        nint cache = RocksDbApi.CreateCache(cacheBytes);
        RocksDbApi.SetBlockCache(tables, cache);
        RocksDbApi.SetFilterPolicy(tables, RocksDbApi.CreateBloomFilter(BloomBitsPerKey));
        RocksDbApi.SetCacheIndexAndFilterBlocks(tables, 1);
        RocksDbApi.SetPinL0FilterAndIndexBlocks(tables, 1);
        RocksDbApi.SetTables(native, tables);

        // The database holds what it needs of these.
        RocksDbApi.DestroyTableOptions(tables);
        RocksDbApi.DestroyCache(cache);
    }

    private static byte Flag(bool value) => value ? (byte)1 : (byte)0;
}
