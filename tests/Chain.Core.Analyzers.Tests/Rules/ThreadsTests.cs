using Chain.Core.Analyzers.Tests.Harness;

namespace Chain.Core.Analyzers.Tests.Rules;

public sealed class ThreadsTests
{
    [Theory]
    [InlineData("[|Task.Run(() => { }).Wait()|];")]
    [InlineData("[|Thread.Sleep(1)|];")]
    [InlineData("[|new Thread(() => { }).Start()|];")]
    [InlineData("[|Parallel.For(0, 4, i => { })|];")]
    [InlineData("_ = [|new[] { 1 }.AsParallel()|];")]
    [InlineData("lock ([|_call|]) { }")]
    [InlineData("Func<Task> later = async () => [|await Task.Delay(1)|];")]
    [InlineData("int seen = 0; [|Interlocked.Increment(ref seen)|];")]
    [InlineData("_ = [|Environment.CurrentManagedThreadId|];")]
    [InlineData("_ = [|new SemaphoreSlim(1)|];")]
    public Task Threads_InACall_AreFound(string statement) => Analysis.AssertFindsAsync("CC1007", Subject.Call(statement));

    [Fact]
    public Task AsyncMethod_OfAModule_IsFoundWhereItWaits() => Analysis.AssertFindsAsync("CC1007", Subject.Call(
        "_ = LaterAsync();",
        "private async Task LaterAsync() { [|await Task.Yield()|]; await foreach (int each in [|Numbers()|]) { } } "
            + "private async IAsyncEnumerable<int> Numbers() { [|await Task.Yield()|]; yield return 1; }"));

    [Fact]
    public Task Loops_InACall_AreClean() => Analysis.AssertFindsAsync("CC1007", Subject.Call(
        "for (int i = 0; i < 3; i++) { } CancellationToken none = CancellationToken.None;"));
}
