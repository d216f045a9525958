using Chain.Core.Analyzers.Tests.Harness;

namespace Chain.Core.Analyzers.Tests.Fixes;

public sealed class CodeFixTests
{
    [Theory]
    [InlineData(
        "DateTimeOffset now = DateTimeOffset.UtcNow;",
        "DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds((long)context.Time.Milliseconds);")]
    [InlineData(
        "DateTime now = DateTime.Now;",
        "DateTime now = DateTimeOffset.FromUnixTimeMilliseconds((long)context.Time.Milliseconds).UtcDateTime;")]
    [InlineData("_ = 5L.ToString();", "_ = 5L.ToString(CultureInfo.InvariantCulture);")]
    [InlineData("_ = 5UL.ToString(\"N0\");", "_ = 5UL.ToString(\"N0\", CultureInfo.InvariantCulture);")]
    [InlineData("_ = long.Parse(\"5\");", "_ = long.Parse(\"5\", CultureInfo.InvariantCulture);")]
    [InlineData("_ = $\"{5L + (long)argument}\";", "_ = string.Create(CultureInfo.InvariantCulture, $\"{5L + (long)argument}\");")]
    [InlineData("_ = \"a\".ToUpper();", "_ = \"a\".ToUpperInvariant();")]
    [InlineData("_ = \"a\".StartsWith(\"b\");", "_ = \"a\".StartsWith(\"b\", StringComparison.Ordinal);")]
    [InlineData("_ = string.Compare(\"a\", \"b\");", "_ = string.Compare(\"a\", \"b\", StringComparison.Ordinal);")]
    [InlineData("_ = \"a\".Equals(\"b\", StringComparison.InvariantCultureIgnoreCase);", "_ = \"a\".Equals(\"b\", StringComparison.OrdinalIgnoreCase);")]
    [InlineData("_ = 5L.ToString(CultureInfo.CurrentCulture);", "_ = 5L.ToString(CultureInfo.InvariantCulture);")]
    [InlineData("_ = new SortedDictionary<string, int>();", "_ = new SortedDictionary<string, int>(StringComparer.Ordinal);")]
    [InlineData("_ = new SortedSet<string> { \"a\" };", "_ = new SortedSet<string>(StringComparer.Ordinal) { \"a\" };")]
    [InlineData("SortedSet<string> sorted = new();", "SortedSet<string> sorted = new(StringComparer.Ordinal);")]
    [InlineData("new List<string>().Sort();", "new List<string>().Sort(StringComparer.Ordinal);")]
    [InlineData(
        "foreach (var pair in new Dictionary<string, int>()) { }",
        "foreach (var pair in new Dictionary<string, int>().OrderBy(static pair => pair.Key, StringComparer.Ordinal)) { }")]
    [InlineData("foreach (ulong each in new HashSet<ulong>()) { }", "foreach (ulong each in new HashSet<ulong>().Order()) { }")]
    [InlineData("ulong[] all = [.. new HashSet<ulong>()];", "ulong[] all = [.. new HashSet<ulong>().Order()];")]
    public async Task Fix_OfAFinding_LeavesCleanCode(string before, string after)
    {
        string repaired = await Editor.ApplyAsync(Subject.Call(before));

        Assert.Equal(Subject.Call(after), repaired);
        Assert.Empty(await Analysis.OfAsync(repaired));
    }

    [Theory]
    [InlineData("_ = Guid.NewGuid();")]
    [InlineData("_ = argument * 0.5;")]
    [InlineData("Console.WriteLine();")]
    public async Task Fix_WhereNoneIsRight_IsNotOffered(string statement)
    {
        string code = Subject.Call(statement);

        Assert.Equal(code, await Editor.ApplyAsync(code));
    }

    [Fact]
    public async Task Fix_WithoutUsings_NamesNamespaces()
    {
        string repaired = await Editor.ApplyAsync("""
            public sealed class SubjectModule() : Chain.Core.Ledger.Module("subject")
            {
                public string Name(long number) => number.ToString();
            }
            """);

        Assert.Contains("number.ToString(System.Globalization.CultureInfo.InvariantCulture)", repaired, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fix_ThatSortsWithoutLinq_AddsTheUsing()
    {
        string repaired = await Editor.ApplyAsync("""
            using System.Collections.Generic;

            public sealed class SubjectModule() : Chain.Core.Ledger.Module("subject")
            {
                public void Walk(HashSet<int> set) { foreach (int each in set) { } }
            }
            """);

        Assert.Contains("using System.Linq;", repaired, StringComparison.Ordinal);
        Assert.Contains("in set.Order())", repaired, StringComparison.Ordinal);
        Assert.Empty(await Analysis.OfAsync(repaired));
    }
}
