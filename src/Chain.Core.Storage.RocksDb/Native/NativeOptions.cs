using RocksDbSharp;

namespace Chain.Core.Storage.RocksDb;

/// <summary>The settings of RocksDB that this store stands on.</summary>
internal static class NativeOptions
{
    private const int BloomBitsPerKey = 10;
    private const int WriteBuffers = 2;

    internal static DbOptions For(RocksDbStoreOptions options)
    {
        ulong half = (ulong)options.MemoryBudget / 2;
        BlockBasedTableOptions tables = new BlockBasedTableOptions()
            .SetBlockCache(Cache.CreateLru(half))
            .SetFilterPolicy(BloomFilterPolicy.Create(BloomBitsPerKey, false))
            .SetCacheIndexAndFilterBlocks(true)
            .SetPinL0FilterAndIndexBlocksInCache(true);
        DbOptions native = new DbOptions()
            .SetCreateIfMissing(options.CreateIfMissing)

            // The default, PointInTime, opens silently without the fsynced batches after a flipped byte in the log.
            .SetWalRecoveryMode(Recovery.TolerateCorruptedTailRecords)
            .SetParanoidChecks(true)
            .SetBlockBasedTableFactory(tables)
            .SetCompression(options.Compress ? Compression.Lz4 : Compression.No)
            .SetWriteBufferSize(half / WriteBuffers)
            .SetMaxWriteBufferNumber(WriteBuffers)
            .SetMaxOpenFiles(options.MaxOpenFiles)
            .SetMaxFileOpeningThreads(1)
            .SetIsFdCloseOnExec(true)
            .SetStatsDumpPeriodSec(0)
            .SetKeepLogFileNum(2)
            .SetMaxLogFileSize(1 << 20)
            .SetManifestPreallocationSize(1 << 16);
        RocksDbSharp.Native.Instance.rocksdb_options_set_track_and_verify_wals_in_manifest(native.Handle, 1);
        RocksDbSharp.Native.Instance.rocksdb_options_set_paranoid_file_checks(native.Handle, 1);
        return native;
    }
}
