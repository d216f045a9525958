using System.Runtime.InteropServices;

namespace Chain.Core.Storage.RocksDb;

/// <summary>Tables that are written beside the database and taken in.</summary>
internal static unsafe partial class RocksDbApi
{
    [LibraryImport(Library, EntryPoint = "rocksdb_flush_wal")]
    internal static partial void FlushLog(nint database, byte sync, out nint error);

    [LibraryImport(Library, EntryPoint = "rocksdb_envoptions_create")]
    internal static partial nint CreateFileOptions();

    [LibraryImport(Library, EntryPoint = "rocksdb_envoptions_destroy")]
    internal static partial void DestroyFileOptions(nint options);

    [LibraryImport(Library, EntryPoint = "rocksdb_sstfilewriter_create")]
    internal static partial nint CreateTableWriter(nint fileOptions, nint options);

    [LibraryImport(Library, EntryPoint = "rocksdb_sstfilewriter_destroy")]
    internal static partial void DestroyTableWriter(nint writer);

    [LibraryImport(Library, EntryPoint = "rocksdb_sstfilewriter_open", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void OpenTable(nint writer, string path, out nint error);

    [LibraryImport(Library, EntryPoint = "rocksdb_sstfilewriter_put")]
    internal static partial void PutInTable(
        nint writer, byte* key, nuint keyLength, byte* value, nuint valueLength, out nint error);

    [LibraryImport(Library, EntryPoint = "rocksdb_sstfilewriter_delete")]
    internal static partial void DeleteInTable(nint writer, byte* key, nuint keyLength, out nint error);

    [LibraryImport(Library, EntryPoint = "rocksdb_sstfilewriter_finish")]
    internal static partial void FinishTable(nint writer, out nint error);

    [LibraryImport(Library, EntryPoint = "rocksdb_ingestexternalfileoptions_create")]
    internal static partial nint CreateIngestOptions();

    [LibraryImport(Library, EntryPoint = "rocksdb_ingestexternalfileoptions_destroy")]
    internal static partial void DestroyIngestOptions(nint options);

    [LibraryImport(Library, EntryPoint = "rocksdb_ingestexternalfileoptions_set_move_files")]
    internal static partial void SetMoveFiles(nint options, byte value);

    [LibraryImport(Library, EntryPoint = "rocksdb_ingest_external_file", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void Ingest(nint database, string[] paths, nuint count, nint options, out nint error);
}
