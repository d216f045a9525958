using System.Text;

namespace Chain.Core.Rpc.Tests.JsonRpc;

/// <summary>What JSON-RPC 2.0 says of every kind of message, as this server answers it. <c>M</c> stands for a method of no parameters.</summary>
internal static class ConformanceTable
{
    private const string Parse = """{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}""";
    private const string Invalid = """{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":null}""";

    public static IReadOnlyList<ConformanceRow> Rows { get; } =
    [
        .. Requests(), .. Ids(), .. Malformed(), .. InvalidRequests(), .. Parameters(), .. Notifications(), .. Batches(),
    ];

    private static IEnumerable<ConformanceRow> Requests() =>
    [
        new("call without params", """{"jsonrpc":"2.0","method":"rpc_test","id":1}""", Ok("1")),
        new("empty params by place", """{"jsonrpc":"2.0","method":"rpc_test","params":[],"id":1}""", Ok("1")),
        new("empty params by name", """{"jsonrpc":"2.0","method":"rpc_test","params":{},"id":1}""", Ok("1")),
        new("members in any order", """{"id":1,"params":[],"method":"rpc_test","jsonrpc":"2.0"}""", Ok("1")),
        new("white space around", " \t\r\n{ \"jsonrpc\" : \"2.0\" , \"method\" : \"rpc_test\" , \"id\" : 1 }\n ", Ok("1")),
        new("members beside the standard's", """{"jsonrpc":"2.0","method":"rpc_test","id":1,"trace":"x"}""", Ok("1")),
        new("escaped member names", """{"json\u0072pc":"2.0","m\u0065thod":"rpc_test","id":1}""", Ok("1")),
        new("escaped method name", """{"jsonrpc":"2.0","method":"rpc\u005ftest","id":1}""", Ok("1")),
        new("unknown method", """{"jsonrpc":"2.0","method":"foobar","id":"1"}""", Error(-32601, "Method not found", "\"1\"")),
        new("method in other case", """{"jsonrpc":"2.0","method":"RPC_TEST","id":1}""", Error(-32601, "Method not found", "1")),
        new("reserved method name", """{"jsonrpc":"2.0","method":"rpc.anything","id":1}""", Error(-32601, "Method not found", "1")),
        new("empty method name", """{"jsonrpc":"2.0","method":"","id":1}""", Error(-32601, "Method not found", "1")),
        new("method with a zero", """{"jsonrpc":"2.0","method":"rpc_test\u0000","id":1}""", Error(-32601, "Method not found", "1")),
        new("method for administration on the public listener", """{"jsonrpc":"2.0","method":"dev_v1_seal","id":1}""", Error(-32601, "Method not found", "1")),
    ];

    private static IEnumerable<ConformanceRow> Ids() =>
    [
        new("id zero", Call("0"), Ok("0")),
        new("negative id", Call("-1"), Ok("-1")),
        new("fractional id", Call("1.5"), Ok("1.5")),
        new("id with exponent comes back as it was", Call("1e0"), Ok("1e0")),
        new("id with trailing zero comes back as it was", Call("1.0"), Ok("1.0")),
        new("id beyond 64 bits", Call("123456789012345678901234567890"), Ok("123456789012345678901234567890")),
        new("string id", Call("\"abc\""), Ok("\"abc\"")),
        new("empty string id", Call("\"\""), Ok("\"\"")),
        new("numeric string id stays a string", Call("\"1\""), Ok("\"1\"")),
        new("escaped string id comes back as it was", Call("\"\\u0041\\n\""), Ok("\"\\u0041\\n\"")),
        new("string id with half a surrogate pair", Call("\"\\ud800\""), Ok("\"\\ud800\"")),
        new("string id beyond ASCII", Call("\"\u00c3\u00a9\""), Ok("\"\u00c3\u00a9\"")),
        new("null id is answered", Call("null"), Ok("null")),
        new("true is no id", Call("true"), Invalid),
        new("an array is no id", Call("[1]"), Invalid),
        new("an object is no id", Call("{}"), Invalid),
    ];

    private static IEnumerable<ConformanceRow> Malformed() =>
    [
        new("nothing", "", Parse),
        new("white space alone", " \n", Parse),
        new("no JSON", """{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]""", Parse),
        new("half of an object", """{"jsonrpc":"2.0","method":"rpc_test","id":1""", Parse),
        new("two values", """{"jsonrpc":"2.0","method":"rpc_test","id":1}{}""", Parse),
        new("a trailing byte", """{"jsonrpc":"2.0","method":"rpc_test","id":1}x""", Parse),
        new("a trailing zero byte", "{\"jsonrpc\":\"2.0\",\"method\":\"rpc_test\",\"id\":1}\0", Parse),
        new("a trailing comma", """{"jsonrpc":"2.0","method":"rpc_test","id":1,}""", Parse),
        new("a comment", """{"jsonrpc":"2.0",/*x*/"method":"rpc_test","id":1}""", Parse),
        new("single quotes", """{'jsonrpc':'2.0','method':'rpc_test','id':1}""", Parse),
        new("a byte order mark", "\u00ef\u00bb\u00bf{\"jsonrpc\":\"2.0\",\"method\":\"rpc_test\",\"id\":1}", Parse),
        new("UTF-16", "{\0\"\0j\0\"\0:\u0001\0}\0", Parse),
        new("bytes that are no UTF-8", "{\"jsonrpc\":\"2.0\",\"method\":\"\u00ff\",\"id\":1}", Parse),
        new("overlong UTF-8", "{\"jsonrpc\":\"2.0\",\"method\":\"\u00c0\u0080\",\"id\":1}", Parse),
        new("UTF-8 of a surrogate", "{\"jsonrpc\":\"2.0\",\"method\":\"\u00ed\u00a0\u0080\",\"id\":1}", Parse),
        new("a bare control character", "{\"jsonrpc\":\"2.0\",\"method\":\"a\nb\",\"id\":1}", Parse),
        new("an unknown escape", """{"jsonrpc":"2.0","method":"\x","id":1}""", Parse),
        new("a leading zero", Call("01"), Parse),
        new("a number without digits", Call("-"), Parse),
        new("NaN", Call("NaN"), Parse),
        new("nesting at the limit", Nested(13), Ok("1")),
        new("nesting over the limit", Nested(16), Parse),
        new("nesting of ten thousand levels", new string('[', 10_000), Parse),
        new("nesting of ten thousand closed levels", new string('[', 10_000) + new string(']', 10_000), Parse),
        new("a batch cut in two", """[{"jsonrpc":"2.0","method":"rpc_test","id":1},{"jsonrpc":"2.0","method"]""", Parse),
        new("not a value", "hello", Parse),
    ];

    private static IEnumerable<ConformanceRow> InvalidRequests() =>
    [
        new("a number", "1", Invalid),
        new("a string", "\"rpc_test\"", Invalid),
        new("null", "null", Invalid),
        new("true", "true", Invalid),
        new("an empty object", "{}", Invalid),
        new("a method that is a number", """{"jsonrpc":"2.0","method":1,"params":"bar"}""", Invalid),
        new("a method that is null", """{"jsonrpc":"2.0","method":null,"id":7}""", InvalidFor("7")),
        new("no method", """{"jsonrpc":"2.0","id":"x"}""", InvalidFor("\"x\"")),
        new("a method with half a surrogate pair", """{"jsonrpc":"2.0","method":"\ud800","id":1}""", InvalidFor("1")),
        new("no version", """{"method":"rpc_test","id":1}""", InvalidFor("1")),
        new("version 1.0", """{"jsonrpc":"1.0","method":"rpc_test","id":1}""", InvalidFor("1")),
        new("a version that is a number", """{"jsonrpc":2.0,"method":"rpc_test","id":1}""", InvalidFor("1")),
        new("params that are a string", """{"jsonrpc":"2.0","method":"rpc_test","params":"bar","id":1}""", InvalidFor("1")),
        new("params that are a number", """{"jsonrpc":"2.0","method":"rpc_test","params":1,"id":1}""", InvalidFor("1")),
        new("params that are null", """{"jsonrpc":"2.0","method":"rpc_test","params":null,"id":1}""", InvalidFor("1")),
        new("params that are false", """{"jsonrpc":"2.0","method":"rpc_test","params":false,"id":1}""", InvalidFor("1")),
        new("method twice", """{"jsonrpc":"2.0","method":"rpc_test","method":"rpc_test","id":1}""", InvalidFor("1")),
        new("params twice", """{"jsonrpc":"2.0","method":"rpc_test","params":[],"params":[],"id":1}""", InvalidFor("1")),
        new("version twice", """{"jsonrpc":"2.0","jsonrpc":"2.0","method":"rpc_test","id":1}""", InvalidFor("1")),
        new("id twice", """{"jsonrpc":"2.0","method":"rpc_test","id":1,"id":2}""", Invalid),
        new("an answer", """{"jsonrpc":"2.0","result":1,"id":1}""", InvalidFor("1")),
    ];

    private static IEnumerable<ConformanceRow> Parameters() =>
    [
        new("by place", Echo("""["0x5",true]"""), Result("\"0x5 True\"", "1")),
        new("by name", Echo("""{"flag":true,"number":"0x5"}"""), Result("\"0x5 True\"", "1")),
        new("one left out by place", Echo("""["0x5"]"""), Result("\"0x5 False\"", "1")),
        new("one left out by name", Echo("""{"number":"0x5"}"""), Result("\"0x5 False\"", "1")),
        new("one left out as null", Echo("""["0x5",null]"""), Result("\"0x5 False\"", "1")),
        new("the largest quantity", Echo("""["0xffffffffffffffff"]"""), Result("\"0xffffffffffffffff False\"", "1")),
        new("a required one is missing", Echo("[]"), InvalidParams),
        new("a required one is missing by name", Echo("""{"flag":true}"""), InvalidParams),
        new("a required one is null", Echo("[null]"), InvalidParams),
        new("one too many", Echo("""["0x5",true,1]"""), InvalidParams),
        new("an unknown name", Echo("""{"number":"0x5","other":1}"""), InvalidParams),
        new("a name in other case", Echo("""{"Number":"0x5"}"""), InvalidParams),
        new("a name twice", Echo("""{"number":"0x5","number":"0x6"}"""), InvalidParams),
        new("a name with half a surrogate pair", Echo("""{"number":"0x5","\ud800":1}"""), InvalidParams),
        new("a quantity as a number", Echo("[5]"), InvalidParams),
        new("a quantity without prefix", Echo("""["5"]"""), InvalidParams),
        new("a quantity with leading zeros", Echo("""["0x05"]"""), InvalidParams),
        new("a quantity without digits", Echo("""["0x"]"""), InvalidParams),
        new("a quantity beyond 64 bits", Echo("""["0x10000000000000000"]"""), InvalidParams),
        new("a negative quantity", Echo("""["-0x1"]"""), InvalidParams),
        new("a quantity with spaces", Echo("""[" 0x1"]"""), InvalidParams),
        new("a flag as a number", Echo("""["0x5",1]"""), InvalidParams),
        new("a flag as a string", Echo("""["0x5","true"]"""), InvalidParams),
        new("a value nested too deep for its type", Echo("""[["0x5"]]"""), InvalidParams),
        new("parameters for a method of none", """{"jsonrpc":"2.0","method":"rpc_test","params":[1],"id":1}""", InvalidParams),
        new("named parameters for a method of none", """{"jsonrpc":"2.0","method":"rpc_test","params":{"a":1},"id":1}""", InvalidParams),
        new("a method that fails inside", """{"jsonrpc":"2.0","method":"rpc_fail","id":1}""", Error(-32603, "Internal error", "1")),
    ];

    private static IEnumerable<ConformanceRow> Notifications() =>
    [
        new("notification", """{"jsonrpc":"2.0","method":"rpc_test"}""", ""),
        new("notification of an unknown method", """{"jsonrpc":"2.0","method":"foobar"}""", ""),
        new("notification with wrong params", """{"jsonrpc":"2.0","method":"rpc_echo","params":[1,2,3]}""", ""),
        new("notification that fails inside", """{"jsonrpc":"2.0","method":"rpc_fail"}""", ""),
        new("not even a notification", """{"jsonrpc":"2.0","method":"rpc_test","params":1}""", Invalid),
    ];

    private static IEnumerable<ConformanceRow> Batches() =>
    [
        new("empty batch", "[]", Invalid),
        new("batch of something else", "[1]", $"[{Invalid}]"),
        new("batch of three other things", "[1,2,3]", $"[{Invalid},{Invalid},{Invalid}]"),
        new("batch in a batch", $"[[{Call("1")}]]", $"[{Invalid}]"),
        new("batch of one", $"[{Call("1")}]", $"[{Ok("1")}]"),
        new("batch of notifications", """[{"jsonrpc":"2.0","method":"rpc_test"},{"jsonrpc":"2.0","method":"foobar"}]""", ""),
        new(
            "batch of everything",
            $$"""[{{Call("\"1\"")}},{"jsonrpc":"2.0","method":"rpc_test"},{{Call("null")}},{"foo":"boo"},{"jsonrpc":"2.0","method":"foo.get","id":"5"}]""",
            $"[{Ok("\"1\"")},{Ok("null")},{Invalid},{Error(-32601, "Method not found", "\"5\"")}]"),
        new("same id twice in a batch", $"[{Call("1")},{Call("1")}]", $"[{Ok("1")},{Ok("1")}]"),
        new("a fault among others", $$"""[{"jsonrpc":"2.0","method":"rpc_fail","id":1},{{Call("2")}}]""", $"[{Error(-32603, "Internal error", "1")},{Ok("2")}]"),
        new("batch at the limit", $"[{string.Join(',', Enumerable.Repeat(Call("1"), 20))}]", $"[{string.Join(',', Enumerable.Repeat(Ok("1"), 20))}]"),
        new("batch over the limit", $"[{string.Join(',', Enumerable.Repeat(Call("1"), 21))}]", Invalid),
        new("batch of a million commas", "[" + new string(',', 100_000), Parse),
        new("batch of many small things", "[" + string.Join(',', Enumerable.Repeat("1", 100_000)) + "]", Invalid),
    ];

    private static string Call(string id) => $$"""{"jsonrpc":"2.0","method":"rpc_test","id":{{id}}}""";

    private static string Echo(string parameters) => $$"""{"jsonrpc":"2.0","method":"rpc_echo","params":{{parameters}},"id":1}""";

    private static string Nested(int levels) =>
        $$"""{"jsonrpc":"2.0","method":"rpc_test","id":1,"x":{{new StringBuilder().Insert(0, "[", levels)}}{{new StringBuilder().Insert(0, "]", levels)}}}""";

    private static string Result(string value, string id) => $$"""{"jsonrpc":"2.0","result":{{value}},"id":{{id}}}""";

    private static string Ok(string id) => Result("\"done\"", id);

    private static string Error(int code, string message, string id) =>
        $$$"""{"jsonrpc":"2.0","error":{"code":{{{code}}},"message":"{{{message}}}"},"id":{{{id}}}}""";

    private static string InvalidFor(string id) => Error(-32600, "Invalid Request", id);

    private static string InvalidParams => Error(-32602, "Invalid params", "1");
}
