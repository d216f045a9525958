using Chain.Core.Analyzers.Tests.Harness;

namespace Chain.Core.Analyzers.Tests.Reach;

/// <summary>Code as it is while somebody types, and code that nobody would write: the analyzer never throws.</summary>
public sealed class HostileCodeTests
{
    private const int Cuts = 25;

    [Theory]
    [InlineData("class A : Module { void")]
    [InlineData("class A : Module, IBlockModule { int x = ; string y => DateTime.UtcNow. ; }")]
    [InlineData("class A : A { DateTime Do() => DateTime.UtcNow; }")]
    [InlineData("class A<T> : Module where T : A<T>, T { void Do(T t) { foreach (var x in t) { } t.GetHashCode(); t++; } }")]
    [InlineData("class A : Unknown<Module> { } class B : Module { Unknown x = new Unknown(DateTime.UtcNow); }")]
    [InlineData("class A() : Module(\"a\") { void Do() { foreach (var x in undefined) { } lock (undefined) { } await undefined; x = $\"{undefined:N0}\" + y; } }")]
    [InlineData("class A() : Module(\"a\") { void Do() { new Dictionary<,>(); new SortedSet<>(); new SortedDictionary<string>(); new(); default; } }")]
    [InlineData("class A() : Module(\"a\") { static int Do(int = DateTime.UtcNow) => Do(ref this, out base, __arglist(1)); }")]
    [InlineData("class A() : Module(\"a\") { int this[double d] { get => this[0.5] = 1; } event Action E { add => E += value; } ~A() { } }")]
    [InlineData("partial class A { partial void Do(); partial void Do(); } partial class A : Module { partial void Do() => Do(); }")]
    [InlineData("interface I : I { void Do(); } class A : Module, I { void I.Do() => ((I)this).Do(); }")]
    [InlineData("namespace System { class DateTime { public static int UtcNow; } } class A() : Module(\"a\") { int x = System.DateTime.UtcNow; }")]
    [InlineData("[assembly: Obsolete($\"{DateTime.UtcNow}\")] [Obsolete(DateTime.UtcNow)] class A() : Module(\"a\") { [A(0.5)] int x; }")]
    [InlineData("_ = DateTime.UtcNow; class A() : Module(\"a\") { dynamic x = DateTime.UtcNow; void Do() { x.Foo(0.5).Bar++; x[1]++; } }")]
    [InlineData("unsafe class A() : Module(\"a\") { double* p; delegate*<double, void> f; void Do() { *p = 1; f(0.5); (*p)++; } }")]
    [InlineData("class A() : Module(\"a\") { void Do() { (x, y) = (1, DateTime.UtcNow); (int a, _) = this; var (b, c) = 0.5; } }")]
    [InlineData("class A() : Module(\"a\") { object x = from a in new HashSet<int>() orderby a select a into b group b by b; }")]
    [InlineData("extension E { } static class X { extension(int i) { public int Now => DateTime.UtcNow; } } class A() : Module(\"a\") { int x = 1.Now; }")]
    [InlineData("class A() : Module(\"a\") { int x => field ??= DateTime.UtcNow.Second; string y => $$\"\"\"{{{x:\"\"\"; }")]
    public Task Analyzer_OnBrokenOrStrangeCode_DoesNotThrow(string code) => Analysis.OfAsync(Analysis.Compile(Subject.File(code)));

    [Fact]
    public async Task Analyzer_WhileAModuleIsTyped_DoesNotThrow()
    {
        string whole = Subject.CallWith(
            """
            var table = new Dictionary<string, double>();
            foreach (var pair in table.OrderBy(pair => pair.Key)) { _count += (int)Math.Round(pair.Value); }
            lock (table) { Later().Wait(); }
            string text = $"{DateTime.UtcNow:O} {_count}" + Clock.Read().ToString("N0");
            """,
            "interface IClock { long Read(); } static class Clock { public static long Read() => DateTime.UtcNow.Ticks; }");
        int[] cuts = [.. Enumerable.Range(1, Cuts).Select(part => whole.Length * part / Cuts)];

        foreach (int cut in cuts)
        {
            await Analysis.OfAsync(Analysis.Compile(whole[..cut], whole[cut..]));
        }
    }

    [Fact]
    public async Task Analyzer_WithCallsThatRecur_Ends() => Assert.Equal(2, (await Analysis.OfAsync(Subject.CallWith(
        "A.Do<int>(3);",
        "static class A { public static void Do<T>(int n) { _ = DateTime.UtcNow; B.Do<List<T>>(n); } } "
            + "static class B { public static void Do<T>(int n) { _ = DateTime.UtcNow; A.Do<List<T>>(n - 1); } }"))).Count);
}
