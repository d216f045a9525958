using Chain.Core.Analyzers.Tests.Harness;

namespace Chain.Core.Analyzers.Tests.Rules;

public sealed class KeptStateTests
{
    [Theory]
    [InlineData("[|Count|]++;", "private static int Count;")]
    [InlineData("_ = [|Count|];", "public static int Count { get; set; }")]
    [InlineData("[|Seen|].Add(argument);", "private static readonly List<ulong> Seen = [];")]
    [InlineData("[|Seen|][argument] = 1;", "private static readonly Dictionary<ulong, ulong> Seen = [];")]
    [InlineData("[|Seen|][0] = 1;", "private static readonly int[] Seen = new int[4];")]
    public Task StaticState_OfAModule_IsFound(string statement, string member) =>
        Analysis.AssertFindsAsync("CC1008", Subject.Call(statement, member));

    [Fact]
    public Task StaticState_OfAReachedType_IsFound() => Analysis.AssertFindsAsync("CC1008", Subject.CallWith(
        "_ = Counter.Next();",
        "public static class Counter { private static int _last; public static int Next() => ++[|_last|]; }"));

    [Theory]
    [InlineData("_ = Limit + Names[0] + Table.ContainsKey(1) + string.Empty;", """
        private const string Limit = "a";
        private static readonly string[] Names = ["a"];
        private static readonly Dictionary<int, int> Table = Make();
        private static Dictionary<int, int> Make() => new() { [1] = 2 };
        """)]
    [InlineData("_ = Seen.Add(1);", "private static readonly System.Collections.Immutable.ImmutableList<int> Seen = [];")]
    [InlineData("_ = Codec;", "private static Codec<ulong> Codec { get; } = Codecs.U64;")]
    public Task StaticConstants_OfAModule_AreClean(string statement, string members) =>
        Analysis.AssertFindsAsync("CC1008", Subject.Call(statement, members));

    [Theory]
    [InlineData("[|_count|]++;", "private int _count;")]
    [InlineData("[|this.Last|] = argument;", "private ulong Last { get; set; }")]
    [InlineData("[|_seen|].Add(argument);", "private readonly HashSet<ulong> _seen = [];")]
    [InlineData("[|_seen|][argument] = 1;", "private readonly Dictionary<ulong, ulong> _seen = [];")]
    [InlineData("[|_text|].Append('a');", "private readonly StringBuilder _text = new();")]
    [InlineData("[|_pair|].Item1 = 1;", "private (int, int) _pair;")]
    [InlineData("([|_count|], _) = (1, 2);", "private int _count;")]
    [InlineData("_ = ulong.TryParse(\"1\", NumberStyles.None, CultureInfo.InvariantCulture, out [|_count|]);", "private ulong _count;")]
    [InlineData("[|_cache|] ??= \"a\";", "private string? _cache;")]
    public Task FieldState_OfAModule_IsFound(string statement, string member) =>
        Analysis.AssertFindsAsync("CC1009", Subject.Call(statement, member));

    [Fact]
    public Task FieldState_InAHandlerOfTheConstructor_IsFound() => Analysis.AssertFindsAsync("CC1009", Subject.File("""
        public sealed class SubjectModule : Module
        {
            private ulong _last;
            public SubjectModule() : base("subject")
            {
                _last = 1;
                Method("call", Codecs.U64, (context, argument) =>
                {
                    [|_last|] = argument;
                    return CallResult.Success;
                });
            }
        }
        """));

    [Fact]
    public Task Maps_OfAModule_AreClean() => Analysis.AssertFindsAsync("CC1009", Subject.File("""
        public sealed class SubjectModule : Module
        {
            private readonly StateMap<ulong, ulong> _entries;
            private readonly List<string> _fixed = [];
            public ulong Option { get; set; }
            public static SubjectModule Create() => new() { Option = 1 };
            public SubjectModule() : base("subject")
            {
                _entries = Map("entries", Codecs.U64, Codecs.U64);
                _fixed.Add("a");
            }
            private CallResult OnCall(CallContext context, ulong argument)
            {
                _entries.Set(context, argument, 1);
                _entries.Remove(context, argument);
                var local = new List<ulong> { argument };
                local.Add(2);
                return _fixed.Contains("a") ? CallResult.Success : CallResult.Failure("no");
            }
        }
        """));
}
