namespace Chain.Core.Machines.Tests.Effects;

public sealed class WriteBatchTests
{
    private static readonly byte[] Key = [1];
    private static readonly byte[] Value = [2];

    [Fact]
    public void Operations_PutsAndDeletes_KeepTheirOrder()
    {
        var batch = new WriteBatch();
        Assert.True(batch.IsEmpty);
        batch.Put(Key, Value);
        batch.Delete(Key);
        batch.Put(Key, Key);
        Assert.False(batch.IsEmpty);
        Assert.Equal([false, true, false], batch.Operations.Select(operation => operation.IsDelete));
        Assert.Equal([[2], [], [1]], batch.Operations.Select(operation => operation.Value.ToArray()));
        Assert.All(batch.Operations, operation => Assert.Equal(Key, operation.Key.ToArray()));
    }

    [Fact]
    public void Append_OtherBatch_ComesAfterAndStaysAsItWas()
    {
        var first = new WriteBatch();
        first.Put(Key, Value);
        var second = new WriteBatch();
        second.Delete(Key);
        first.Append(second);
        Assert.Equal([false, true], first.Operations.Select(operation => operation.IsDelete));
        Assert.Single(second.Operations);
        Assert.Throws<ArgumentNullException>(() => first.Append(null!));
    }
}
