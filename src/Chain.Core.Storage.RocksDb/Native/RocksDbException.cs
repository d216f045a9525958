namespace Chain.Core.Storage.RocksDb;

/// <summary>An error as RocksDB words it. It never leaves this assembly as such.</summary>
internal sealed class RocksDbException(string message) : Exception(message);
