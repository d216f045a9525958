using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Core.Rpc.Tests.JsonRpc;

/// <summary>Every row of the table against the dispatcher, which serves HTTP and WebSockets alike.</summary>
public sealed partial class ConformanceTests
{
    private static readonly RpcServerOptions Options = new() { MaxBatch = 20, MaxJsonDepth = 14 };

    public static TheoryData<string> Names => new(ConformanceTable.Rows.Select(row => row.Name));

    [Theory, MemberData(nameof(Names))]
    public async Task Answer_OfRow_IsExact(string name)
    {
        ConformanceRow row = ConformanceTable.Rows.Single(row => row.Name == name);
        var dispatcher = new RpcDispatcher(Methods(), new LiveOptions(Options), new MessageMemory(new LiveOptions(Options)), NullLogger.Instance);
        using var response = new ResponseBuffer();

        bool isAnswered = await dispatcher.AnswerAsync(
            row.Bytes, new RpcCaller(RpcScope.Public, null, null, null), response, CancellationToken.None);

        string answer = isAnswered ? Encoding.Latin1.GetString(response.Written.Span) : "";
        Assert.Equal(row.Answer, DataOfErrors().Replace(answer, ""));
    }

    [Fact]
    public void Table_HasRows_AtLeastSixty() => Assert.True(ConformanceTable.Rows.Count >= 60, $"{ConformanceTable.Rows.Count} rows");

    [Theory]
    [InlineData("foobar", """{"code":"CC4003","hint":"Call rpc_methods for the names of all methods.","actual":"foobar"}""")]
    [InlineData("RPC_test", """{"code":"CC4003","hint":"Call rpc_methods for the names of all methods.","expected":"rpc_test","actual":"RPC_test"}""")]
    public async Task Answer_UnknownMethod_HasCodeHintAndWhatWasMeant(string method, string data)
    {
        var dispatcher = new RpcDispatcher(Methods(), new LiveOptions(Options), new MessageMemory(new LiveOptions(Options)), NullLogger.Instance);
        using var response = new ResponseBuffer();

        await dispatcher.AnswerAsync(
            Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","method":"{{method}}","id":1}"""),
            new RpcCaller(RpcScope.Public, null, null, null),
            response,
            CancellationToken.None);

        Assert.Contains($"\"data\":{data}", Encoding.UTF8.GetString(response.Written.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorKinds_All_HaveCodesOfTheirOwn()
    {
        Assert.Equal(ErrorKinds.All.Count, ErrorKinds.All.Select(kind => kind.Code).Distinct().Count());
        Assert.All(ErrorKinds.All, kind => Assert.Matches("^CC4[0-9]{3}$", kind.Code));
        Assert.All(ErrorKinds.All, kind => Assert.True(kind.Number is >= -32099 and <= -32000 or >= -32700 and <= -32600));
    }

    private static MethodTable Methods()
    {
        RpcParameter<ulong> number = RpcParameter.Required("number", ParameterKinds.Quantity, "");
        RpcParameter<bool> flag = RpcParameter.Optional("flag", ParameterKinds.Boolean, false, "");
        return new MethodTable(
        [
            RpcMethod.Create("rpc_test", "", [], RpcJson.Default.String, _ => "done"),
            RpcMethod.Create(
                "rpc_echo", "", [number, flag], RpcJson.Default.String, arguments => $"0x{arguments.Get(number):x} {arguments.Get(flag)}"),
            RpcMethod.Create<string>("rpc_fail", "", [], RpcJson.Default.String, _ => throw new InvalidOperationException("planted")),
            RpcMethod.Create<string>("dev_v1_seal", "", [], RpcJson.Default.String, (_, _, _) => new("done"), RpcScope.Admin),
        ]);
    }

    [GeneratedRegex(""","data":\{"code":"CC[0-9]{4}".*?"\}(?=\},"id":)""")]
    private static partial Regex DataOfErrors();
}
