using System.Text;

namespace Chain.Core.Soak.Quiet;

/// <summary>Requests that no client should send, each with the number of the error that must answer it.</summary>
internal static class HostileRequests
{
    private const int Deep = 4_000;
    private const int TooMany = 500;

    public static IReadOnlyList<(string Body, int Error)> All { get; } =
    [
        ("{", -32700),
        ("\uFEFF{}", -32700),
        (new string('[', Deep), -32700),
        ("[]", -32600),
        ("1", -32600),
        ("""{"jsonrpc":"1.0","id":1,"method":"chain_v1_head"}""", -32600),
        ($"[{string.Join(',', Enumerable.Repeat(Call("chain_v1_head"), TooMany))}]", -32600),
        (Call("chain_v9_head"), -32601),
        (Call("state_v1_getAccount", "[7]"), -32602),
        (Call("chain_v1_getBlock", """["0xzz"]"""), -32602),
        (Call("chain_v1_getBlock", """["0xffffffffffffffff"]"""), -32010),
        (Call("tx_v1_submit", """["0x00"]"""), -32020),
        (Call("chain_v1_follow"), -32004),
    ];

    /// <summary>Many whole requests on one connection, whose large answers nobody reads.</summary>
    public static byte[] Pipelined { get; } = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Posted(Call("rpc.discover")), 200)));

    /// <summary>The beginning of a request whose end does not come.</summary>
    public static byte[] HalfSaid { get; } = "POST / HTTP/1.1\r\nHost: 127.0."u8.ToArray();

    public static string Call(string method, string parameters = "[]") => $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""";

    private static string Posted(string body) => $"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {body.Length}\r\n\r\n{body}";
}
