using Chain.Core.Machines;
using Chain.Core.Storage.RocksDb;

// Aot.Libraries <folder>: what is written to RocksDB is there when the store is opened again.
byte[] key = [1, 2, 3];
using (RocksDbStore store = RocksDbStore.Open(args[0]))
{
    var batch = new WriteBatch();
    batch.Put(key, new byte[] { 42 });
    store.Write(batch, Durability.Durable);
}

using RocksDbStore again = RocksDbStore.Open(args[0]);
bool isThere = again.TryGet(key, out byte[]? value) && value is [42];
Console.WriteLine(isThere ? "RocksDB: written, closed, opened, read" : "RocksDB: the value is gone");
return isThere ? 0 : 1;
