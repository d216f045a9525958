using Chain.Core.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Chain.Core.Analyzers.Tests.Reach;

/// <summary>Which code is part of a state transition.</summary>
public sealed class ReachTests
{
    [Theory]
    [InlineData("_ = Clock.Read();", "static class Clock { public static DateTime Read() => Inner(); static DateTime Inner() => [|DateTime.UtcNow|]; }")]
    [InlineData("_ = new Clock().Now;", "sealed class Clock { public DateTime Now => [|DateTime.UtcNow|]; }")]
    [InlineData("_ = new Clock();", "sealed class Clock { private readonly DateTime _start = [|DateTime.UtcNow|]; }")]
    [InlineData("_ = Clock.Start;", "static class Clock { public static readonly DateTime Start = [|DateTime.UtcNow|]; }")]
    [InlineData("_ = Clock.Start;", "static class Clock { public static DateTime Start { get; } = [|DateTime.UtcNow|]; }")]
    [InlineData("_ = Clock.Start;", "static class Clock { public static readonly DateTime Start; static Clock() { Start = [|DateTime.UtcNow|]; } }")]
    [InlineData("_ = argument.Stamp();", "static class Stamps { public static long Stamp(this ulong of) => [|DateTime.UtcNow|].Ticks; }")]
    [InlineData("_ = new Stamp<int>().Make(1);", "sealed class Stamp<T> { public long Make<U>(U of) => [|DateTime.UtcNow|].Ticks; }")]
    [InlineData("_ = new Stamp() + new Stamp();", "struct Stamp { public static long operator +(Stamp a, Stamp b) => [|DateTime.UtcNow|].Ticks; }")]
    [InlineData("long ticks = new Stamp();", "struct Stamp { public static implicit operator long(Stamp of) => [|DateTime.UtcNow|].Ticks; }")]
    [InlineData("Func<DateTime> read = Clock.Read;", "static class Clock { public static DateTime Read() => [|DateTime.UtcNow|]; }")]
    [InlineData("foreach (long each in new Ticks()) { }", "sealed class Ticks { public IEnumerator<long> GetEnumerator() { yield return [|DateTime.UtcNow|].Ticks; } }")]
    [InlineData("IClock clock = null!; _ = clock.Read();", "interface IClock { DateTime Read(); } sealed class Clock : IClock { public DateTime Read() => [|DateTime.UtcNow|]; }")]
    [InlineData("Clock clock = null!; _ = clock.Read();", "abstract class Clock { public abstract DateTime Read(); } sealed class Real : Clock { public override DateTime Read() => [|DateTime.UtcNow|]; }")]
    [InlineData("Clock.Read();", "static class Clock { public static void Read() { Local(); static void Local() { Action read = () => _ = [|DateTime.UtcNow|]; read(); } } }")]
    [InlineData("new Outer.Inner().Read();", "static class Outer { public sealed class Inner { public void Read() => _ = [|DateTime.UtcNow|]; } }")]
    public Task Code_ThatACallReaches_IsPartOfTheTransition(string statement, string types) =>
        Analysis.AssertFindsAsync("CC1001", Subject.CallWith(statement, types));

    [Theory]
    [InlineData("", "static class Clock { public static DateTime Read() => DateTime.UtcNow; }")]
    [InlineData("_ = new Stamp(1).Ticks;", "sealed record Stamp(long Ticks) { public static Stamp Now() => new(DateTime.UtcNow.Ticks); }")]
    [InlineData("_ = nameof(Clock.Read);", "static class Clock { public static DateTime Read() => DateTime.UtcNow; }")]
    public Task Code_ThatNoCallReaches_IsNot(string statement, string types) =>
        Analysis.AssertFindsAsync("CC1001", Subject.CallWith(statement, types));

    [Theory]
    [InlineData("abstract class Base(string name) : Module(name) { } sealed class Derived() : Base(\"a\") { void Do() => _ = [|DateTime.UtcNow|]; }")]
    [InlineData("sealed class Ends : IBlockModule { public void EndBlock(CallContext context, Chain.Core.Consensus.BlockActivity? activity) => _ = [|DateTime.UtcNow|]; }")]
    [InlineData("sealed class Outer() : Module(\"a\") { static class Inner { static void Do() => _ = [|DateTime.UtcNow|]; } }")]
    [InlineData("sealed class Typed<T>() : Module(\"a\") { T? Do() { _ = [|DateTime.UtcNow|]; return default; } }")]
    [InlineData("sealed class Fields() : Module(\"a\") { private readonly DateTime _start = [|DateTime.UtcNow|]; }")]
    [InlineData("sealed class Parts() : Module(Name([|DateTime.UtcNow|])) { static string Name(DateTime at) => \"a\"; }")]
    [InlineData("partial class Split() : Module(\"a\"); partial class Split { partial void Do(); partial void Do() => _ = [|DateTime.UtcNow|]; }")]
    public Task Members_OfAModule_AreAllChecked(string types) => Analysis.AssertFindsAsync("CC1001", Subject.File(types));

    [Fact]
    public async Task Project_WithoutModules_IsLeftAlone() =>
        Assert.Empty(await Analysis.OfAsync(Subject.File("class App { static void Main() => Console.WriteLine(DateTime.Now); }")));

    [Fact]
    public async Task Message_OfReachedCode_NamesTheWayAndTheRemedy()
    {
        Diagnostic found = Assert.Single(await Analysis.OfAsync(Subject.CallWith(
            "_ = Clock.Read();", "static class Clock { public static DateTime Read() => DateTime.UtcNow; }")));

        Assert.Equal(
            "'DateTime.UtcNow' is another time on every node and at every replay: use CallContext.Time, the time of the block"
                + " (reached from SubjectModule.OnCall)",
            found.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Pragma_AroundALine_Suppresses() => Assert.Empty(await Analysis.OfAsync(Subject.Call("""
        #pragma warning disable CC1001 // only for the log
        _ = DateTime.UtcNow;
        #pragma warning restore CC1001
        """)));

    [Fact]
    public async Task Code_ThatIsGenerated_IsChecked()
    {
        string code = "// <auto-generated/>\n" + Subject.Call("_ = DateTime.UtcNow;");

        Assert.Equal("CC1001", Assert.Single(await Analysis.OfAsync(code)).Id);
    }

    [Fact]
    public async Task Modules_InSeveralFiles_ReachEachOther()
    {
        IReadOnlyList<Diagnostic> found = await Analysis.OfAsync(
            Subject.Call("_ = Clock.Read();"),
            "public static partial class Clock { public static partial System.DateTime Read(); }",
            "public static partial class Clock { public static partial System.DateTime Read() => System.DateTime.UtcNow; }");

        Assert.Equal("File2.cs", Assert.Single(found).Location.SourceTree!.FilePath);
    }
}
