using Chain.Core.Machines;

namespace Chain.Core.Storage.Contract;

/// <summary>What every store must do that outlives its process.</summary>
public abstract class PersistentStoreContract : KeyValueStoreContract
{
    [Theory]
    [InlineData(Durability.Buffered)]
    [InlineData(Durability.Durable)]
    public void Reopen_AfterDispose_HasEverything(Durability durability)
    {
        for (int i = 0; i < 50; i++)
        {
            Write(durability, batch => batch.Put(Bytes($"key {i:D2}"), Bytes($"{i}")));
        }

        Write(durability, batch => batch.Delete(Bytes("key 07")));
        string[] before = Scan(Store);
        Reopen();
        Assert.Equal(49, before.Length);
        Assert.Equal(before, Scan(Store));
    }

    [Fact]
    public void Dispose_SnapshotAndScanStillOpen_EndsThemAndReopens()
    {
        Put("a", "1");
        Put("b", "2");
        IKeyValueSnapshot snapshot = Store.CreateSnapshot();
        using IEnumerator<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> scan = Store.Scan(default).GetEnumerator();
        using IEnumerator<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> inSnapshot = snapshot.Scan(default).GetEnumerator();
        Assert.True(scan.MoveNext());
        Assert.True(inSnapshot.MoveNext());

        Reopen();

        Assert.Throws<ObjectDisposedException>(() => Get(snapshot, "a"));
        Assert.Throws<ObjectDisposedException>(() => scan.MoveNext());
        Assert.Throws<ObjectDisposedException>(() => inSnapshot.MoveNext());
        snapshot.Dispose();
        Assert.Equal(["a=1", "b=2"], Scan(Store));
    }

    [Fact]
    public async Task Dispose_OtherThreadsAtWork_WaitsForThemAndLosesNothing()
    {
        IKeyValueStore store = Store;
        using var started = new CountdownEvent(3);
        Task<int>[] workers = [.. Enumerable.Range(0, 3).Select(worker => Task.Factory.StartNew(
            () => WriteUntilClosed(store, worker, started), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        started.Wait();
        Reopen();
        int[] acknowledged = await Task.WhenAll(workers);
        for (int worker = 0; worker < workers.Length; worker++)
        {
            Assert.True(acknowledged[worker] > 0);
            Assert.Equal($"{acknowledged[worker]}", Get(Store, $"worker {worker}"));
        }
    }

    protected void Reopen()
    {
        Store.Dispose();
        Store = OpenAgain();
    }

    protected abstract IKeyValueStore OpenAgain();

    private static int WriteUntilClosed(IKeyValueStore store, int worker, CountdownEvent started)
    {
        int acknowledged = 0;
        try
        {
            while (true)
            {
                var batch = new WriteBatch();
                batch.Put(Bytes($"worker {worker}"), Bytes($"{acknowledged + 1}"));
                store.Write(batch, Durability.Buffered);
                acknowledged++;
                using IKeyValueSnapshot snapshot = store.CreateSnapshot();
                Assert.NotEmpty(snapshot.Scan(default));
                if (acknowledged == 1)
                {
                    started.Signal();
                }
            }
        }
        catch (ObjectDisposedException)
        {
            return acknowledged;
        }
    }
}
