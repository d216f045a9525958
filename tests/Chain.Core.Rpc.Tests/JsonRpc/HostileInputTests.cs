using System.Text;
using System.Text.Json.Nodes;
using Chain.Core.Machines;
using Chain.Core.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Core.Rpc.Tests.JsonRpc;

/// <summary>Whatever is sent to the methods of a real node, the answer is one of the documented ones, short, and cheap.</summary>
[Collection(Alone.Name)]
public sealed class HostileInputTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const string InternalError = "CC4005";
    private const int Megabyte = 1 << 20;
    private static readonly string Zeros = new('0', 64);

    private static readonly HashSet<string> Codes = [.. ErrorKinds.All.Select(static kind => kind.Code)];

    /// <summary>Requests of a megabyte, each of another kind.</summary>
    public static TheoryData<string, string> Megabytes => new()
    {
        { "opening brackets", new string('[', Megabyte) },
        { "commas", "[" + new string(',', Megabyte - 1) },
        { "a batch of numbers", "[" + string.Concat(Enumerable.Repeat("1,", (Megabyte / 2) - 2)) + "1]" },
        { "empty arrays", "[" + string.Concat(Enumerable.Repeat("[],", (Megabyte / 3) - 2)) + "[]]" },
        { "a method name", $$"""{"jsonrpc":"2.0","id":1,"method":"{{new string('m', Megabyte - 100)}}"}""" },
        { "an escaped method name", $$"""{"jsonrpc":"2.0","id":1,"method":"{{string.Concat(Enumerable.Repeat("\\u006d", (Megabyte / 6) - 20))}}"}""" },
        { "members that nobody knows", $$"""{"jsonrpc":"2.0","id":1,"method":"chain_v1_head",{{string.Join(',', Enumerable.Range(0, Megabyte / 16).Select(static i => $"\"{i:x8}\":0"))}}}""" },
        { "parameters by place", $$"""{"jsonrpc":"2.0","id":1,"method":"chain_v1_getBlock","params":[{{string.Concat(Enumerable.Repeat("1,", (Megabyte / 2) - 100))}}1]}""" },
        { "parameters by name", $$"""{"jsonrpc":"2.0","id":1,"method":"chain_v1_getBlock","params":{ {{string.Join(',', Enumerable.Range(0, Megabyte / 16).Select(static i => $"\"{i:x8}\":0"))}} } }""" },
        { "a parameter of text", $$"""{"jsonrpc":"2.0","id":1,"method":"state_v1_get","params":["{{new string('x', Megabyte - 200)}}","0x"]}""" },
        { "a parameter of bytes", $$"""{"jsonrpc":"2.0","id":1,"method":"tx_v1_submit","params":["0x{{new string('0', Megabyte - 200)}}"]}""" },
        { "a number without end", $$"""{"jsonrpc":"2.0","id":1,"method":"chain_v1_getHeaders","params":[{{new string('9', Megabyte - 200)}}]}""" },
        { "white space", new string(' ', Megabyte - 100) + """{"jsonrpc":"2.0","id":1,"method":"chain_v1_none"}""" },
    };

    [Theory, MemberData(nameof(Megabytes))]
    public async Task Answer_AMegabyte_IsShortAndTakesLittleMemory(string what, string request)
    {
        const int MaxAnswer = 4096;
        const long MaxAllocated = 16L * Megabyte; // the table of what was parsed takes 12 bytes for each value, and is doubled when full
        byte[] bytes = Encoding.ASCII.GetBytes(request);
        Assert.InRange(bytes.Length, Megabyte / 2, Megabyte);
        string answer = await PostAsync(bytes); // the first time pools are filled

        long before = GC.GetTotalAllocatedBytes(precise: true);
        using var response = new ResponseBuffer();
        var live = new LiveOptions(new RpcServerOptions());
        var dispatcher = new RpcDispatcher(Methods, live, new MessageMemory(live), NullLogger.Instance);
        await dispatcher.AnswerAsync(bytes, new RpcCaller(RpcScope.Public, null, null, null), response, CancellationToken.None);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.True(allocated <= MaxAllocated, $"{allocated} bytes for {what}");
        Assert.InRange(answer.Length, 1, MaxAnswer);
        AssertExpected(answer, request);
    }

    [Fact]
    public async Task Answer_MutatedRequests_IsOneOfTheDocumentedOnes()
    {
        var random = new DeterministicRandom(62);
        byte[][] good = [.. ConformanceTable.Rows.Where(static row => row.Bytes.Length < 4096).Select(static row => row.Bytes), .. await GoodCallsAsync()];
        int count = LongRun.Count(3_000, 300_000);
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] request = Mutate(good[random.NextIndex(good.Length)], good[random.NextIndex(good.Length)], random);
            refused += AssertExpected(await PostAsync(request), Encoding.Latin1.GetString(request));
        }

        Assert.InRange(refused, count / 2, count); // most mutants are wrong
        await shared.Served.ResultAsync("chain_v1_head");
    }

    [Fact]
    public async Task Call_EachParameterOfEveryMethodOfAWrongType_IsInvalidParams()
    {
        int tried = 0;
        int right = 0;
        JsonNode[] methods = await DescribedMethodsAsync();
        foreach (JsonNode method in methods)
        {
            JsonArray parameters = method["params"]!.AsArray();
            JsonNode?[] good = [.. parameters.Select(static parameter => GoodValue(parameter!["schema"]!))];
            string name = (string)method["name"]!;
            right += await CodeOfAsync(name, good) != "CC4004" ? 1 : 0;
            for (int i = 0; i < good.Length; i++)
            {
                foreach (string wrong in WrongValues(parameters[i]!["schema"]!))
                {
                    JsonNode?[] values = [.. good.Select(static value => value?.DeepClone())];
                    values[i] = JsonNode.Parse(wrong);
                    string? code = await CodeOfAsync(name, values);
                    Assert.True(code == "CC4004", $"{name} took {wrong} for {parameters[i]!["name"]}: {code}");
                    tried++;
                }
            }
        }

        Assert.True(methods.Length > 25 && tried > 150, $"{methods.Length} methods, {tried} calls");
        Assert.True(right >= methods.Length - 4, $"{right} of {methods.Length} were called well"); // else the parameter in question was not the wrong one
    }

    /// <summary>The methods of the node, which the server has under its own name for them.</summary>
    private MethodTable Methods => shared.Served.Server.Methods;

    private static JsonNode GoodValue(JsonNode schema)
    {
        JsonNode one = schema["oneOf"]?[0] ?? schema;
        return one switch
        {
            _ when one["enum"] is JsonArray words => words[0]!.DeepClone(),
            _ when (string?)one["type"] == "boolean" => true,
            _ when (string?)one["type"] == "integer" => (int)one["minimum"]!,
            _ when (string?)one["type"] == "array" => new JsonArray(),
            _ when ((string?)one["pattern"])?.Contains("{64}", StringComparison.Ordinal) == true => $"0x{Zeros}",
            _ when ((string?)one["pattern"])?.Contains("{2})*", StringComparison.Ordinal) == true => $"0x{Zeros}",
            _ when one["pattern"] is not null => "0x1",
            _ => "token",
        };
    }

    private static string[] WrongValues(JsonNode schema)
    {
        JsonNode one = schema["oneOf"]?[0] ?? schema;
        string[] others = (string?)one["type"] switch
        {
            "boolean" => ["1", "\"true\"", "[]", "{}"],
            "integer" => ["\"1\"", "true", "1.5", "1e99", "-1000000", "[]", "{}"],
            "array" => ["1", "\"\"", "true", "{}", "[[]]", "[null]"],
            _ => ["1", "-1", "1.5", "true", "[]", "{}", "[\"0x1\"]"],
        };
        return one["pattern"] is null ? others : [.. others, "\"\"", "\"0x0g\"", "\"0X01\"", "\"latest\""];
    }

    private static byte[] Mutate(byte[] request, byte[] other, DeterministicRandom random)
    {
        var bytes = new List<byte>(request);
        for (int times = 1 + random.NextIndex(3); times > 0 && bytes.Count > 0; times--)
        {
            int at = random.NextIndex(bytes.Count);
            switch (random.NextIndex(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.NextIndex(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, random.NextIndex(bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, other[..random.NextIndex(other.Length + 1)]);
                    break;
                case 3:
                    bytes.Insert(at, "[]{}\",:0-\\"u8[random.NextIndex(10)]);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, random.NextIndex(bytes.Count - at)));
                    break;
                default:
                    bytes[at] = (byte)random.NextIndex(256);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Nothing, or JSON in which each error has a code of ours, and none is the server's own fault.</summary>
    /// <returns>1 where it is an error.</returns>
    private static int AssertExpected(string answer, string request)
    {
        JsonNode? parsed = answer.Length == 0 ? null : JsonNode.Parse(answer);
        JsonNode?[] answers = parsed is JsonArray batch ? [.. batch] : parsed is null ? [] : [parsed];
        foreach (JsonNode? each in answers)
        {
            string? code = (string?)each!["error"]?["data"]?["code"];
            bool isExpected = code is null ? each["result"] is not null || each.AsObject().ContainsKey("result") : Codes.Contains(code) && code != InternalError;
            Assert.True(isExpected, $"{request[..int.Min(request.Length, 500)]} -> {answer[..int.Min(answer.Length, 500)]}");
        }

        return answers.Any(static each => each!["error"] is not null) ? 1 : 0;
    }

    private Task<string> PostAsync(byte[] request) => shared.Served.PostAsync(request);

    private async Task<JsonNode[]> DescribedMethodsAsync() =>
        [.. (await shared.Served.ResultAsync("rpc.discover"))["methods"]!.AsArray().Select(static method => method!)];

    /// <summary>A call of every method.</summary>
    private async Task<byte[][]> GoodCallsAsync() =>
    [
        .. (await DescribedMethodsAsync()).Select(static method => Encoding.UTF8.GetBytes(
            Request((string)method["name"]!, method["params"]!.AsArray().Select(static parameter => GoodValue(parameter!["schema"]!))))),
    ];

    private static string Request(string method, IEnumerable<JsonNode?> parameters) => new JsonObject
    {
        ["jsonrpc"] = "2.0",
        ["id"] = 1,
        ["method"] = method,
        ["params"] = new JsonArray([.. parameters]),
    }.ToJsonString();

    private async Task<string?> CodeOfAsync(string method, IEnumerable<JsonNode?> parameters)
    {
        JsonNode answer = JsonNode.Parse(await PostAsync(Encoding.UTF8.GetBytes(Request(method, parameters.Select(static each => each?.DeepClone())))))!;
        return (string?)answer["error"]?["data"]?["code"];
    }
}
