using Chain.Core.Analyzers.Tests.Harness;

namespace Chain.Core.Analyzers.Tests.Rules;

public sealed class HashOrderTests
{
    private const string Tables =
        "var table = new Dictionary<ulong, ulong>(); var set = new HashSet<ulong>(); IReadOnlyDictionary<ulong, ulong> view = table; ";

    [Theory]
    [InlineData("foreach (var pair in [|table|]) { }")]
    [InlineData("foreach (ulong key in [|table.Keys|]) { }")]
    [InlineData("foreach (ulong value in [|table.Values|]) { }")]
    [InlineData("foreach (ulong each in [|set|]) { }")]
    [InlineData("foreach (var pair in [|view|]) { }")]
    [InlineData("ulong[] all = [.. [|set|]];")]
    [InlineData("var first = [|set|].First();")]
    [InlineData("var all = [|table|].Select(pair => pair.Value).ToList();")]
    [InlineData("var all = new List<ulong>([|set|]);")]
    [InlineData("string text = string.Join(\",\", [|set|]);")]
    [InlineData("var walk = [|table.GetEnumerator()|];")]
    [InlineData("[|set.CopyTo(new ulong[9])|];")]
    [InlineData("int hash = [|\"text\".GetHashCode()|];")]
    [InlineData("int hash = [|HashCode.Combine(1, 2)|];")]
    [InlineData("int hash = [|context.Sender.GetHashCode()|];")]
    [InlineData("int hash = [|EqualityComparer<string>.Default.GetHashCode(\"a\")|];")]
    [InlineData("int hash = [|System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(set)|];")]
    public Task HashOrder_InACall_IsFound(string statement) => Analysis.AssertFindsAsync("CC1004", Subject.Call(Tables + statement));

    [Theory]
    [InlineData("bool known = table.ContainsKey(1) && set.Contains(2) && table.TryGetValue(3, out _);")]
    [InlineData("foreach (var pair in table.OrderBy(pair => pair.Key)) { }")]
    [InlineData("foreach (ulong each in set.Where(each => each > 3).Order()) { }")]
    [InlineData("int count = table.Count(pair => pair.Value > 3) + set.Count;")]
    [InlineData("bool some = set.Any() && table.Values.All(each => each > 1);")]
    [InlineData("var sorted = new SortedDictionary<ulong, ulong>(table); foreach (var pair in sorted) { }")]
    [InlineData("var sorted = new SortedSet<ulong>(set); foreach (var each in sorted) { }")]
    [InlineData("foreach (var each in new List<ulong>()) { }")]
    [InlineData("int hash = argument.GetHashCode();")]
    [InlineData("set.UnionWith(table.Keys);")]
    [InlineData("table.Add(1, 2); set.Remove(3);")]
    public Task LookupsAndSortedOrder_InACall_AreClean(string statement) =>
        Analysis.AssertFindsAsync("CC1004", Subject.Call(Tables + statement));

    [Fact]
    public Task HashCode_InGetHashCode_IsWhatItIsFor() => Analysis.AssertFindsAsync("CC1004", Subject.Call("_ = new Key(1);", """
        private sealed class Key(int number) : IEquatable<Key>
        {
            public bool Equals(Key? other) => other?.Number == Number;
            public override bool Equals(object? other) => Equals(other as Key);
            public override int GetHashCode() => HashCode.Combine(Number, "a".GetHashCode());
            public int Number => number;
        }
        """));
}
