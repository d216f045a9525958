using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Chain.Core.Rpc.Tests.Hosting;

/// <summary>HTTP around JSON-RPC: statuses, limits, and who may ask.</summary>
public sealed class HttpTests
{
    private const string Head = """{"jsonrpc":"2.0","method":"chain_v1_head","id":1}""";

    [Fact]
    public async Task Post_WithoutContentTypeOrAsAForm_IsAnswered()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());

        foreach (string? type in new[] { null, "application/json", "application/x-www-form-urlencoded" })
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Head));
            content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
            using HttpResponseMessage response = await served.Http.PostAsync("/", content);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
            Assert.Contains("\"result\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Post_Notification_IsNoContent()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());

        using HttpResponseMessage response = await served.Http.PostAsync("/", new StringContent("""{"jsonrpc":"2.0","method":"chain_v1_head"}"""));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Post_Nothing_IsAParseError()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());

        Assert.Equal(-32700, (int)JsonNode.Parse(await served.PostAsync([]))!["error"]!["code"]!);
    }

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/v1/events", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound)]
    [InlineData("POST", "/../etc/passwd", HttpStatusCode.NotFound)]
    public async Task Request_WrongMethodOrPath_IsSaidByTheStatus(string method, string path, HttpStatusCode status)
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());

        using HttpResponseMessage response = await served.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_OverTheLimit_IsTooLargeWithItsCode(bool isChunked)
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), new RpcServerOptions { MaxRequestBytes = 20_000 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(new byte[20_001]) };
        request.Headers.TransferEncodingChunked = isChunked;

        using HttpResponseMessage response = await served.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        if (!isChunked)
        {
            Assert.Contains("CC4010", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(8 * 1024 + 1)]
    [InlineData(200_000)]
    public async Task Post_OfAnyAllowedLengthInSmallPieces_IsAnswered(int length)
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        string body = new string(' ', length - Head.Length) + Head;
        using var socket = new TcpClient();
        await socket.ConnectAsync(served.Server.Url.Host, served.Server.Url.Port);
        NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"));
        int piece = int.Max(7, length / 50);
        for (int sent = 0; sent < length; sent += piece)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(body, sent, int.Min(piece, length - sent)));
        }

        string answer = await new StreamReader(stream).ReadToEndAsync().WaitAsync(ServedNode.Patience);

        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.Contains("\"height\":\"0x0\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_MoreThanTheAllowance_IsTooManyRequests()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), new RpcServerOptions { RequestsPerSecond = 50 });
        using var socket = new TcpClient();
        await socket.ConnectAsync(served.Server.Url.Host, served.Server.Url.Port);
        string request = $"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {Head.Length}\r\n\r\n{Head}";
        string last = request.Replace("Host", "Connection: close\r\nHost", StringComparison.Ordinal);

        // All at once, so that the allowance does not fill up again meanwhile.
        Task writing = socket.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(request, 999)) + last)).AsTask();
        string answers = await new StreamReader(socket.GetStream()).ReadToEndAsync().WaitAsync(ServedNode.Patience);
        await writing;

        int served200 = answers.Split("HTTP/1.1 200 OK").Length - 1;
        int refused = answers.Split("HTTP/1.1 429 Too Many Requests").Length - 1;
        Assert.Equal(1000, served200 + refused);
        Assert.InRange(served200, 100, 900);
        Assert.Equal(refused, answers.Split("CC4011").Length - 1);
    }

    [Fact]
    public async Task Batch_MoreThanTheAllowance_IsAnsweredInPart()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), new RpcServerOptions { RequestsPerSecond = 50, MaxBatch = 1000 });
        string batch = $"[{string.Join(',', Enumerable.Repeat(Head, 1000))}]";

        JsonArray answers = JsonNode.Parse(await served.PostAsync(Encoding.UTF8.GetBytes(batch)))!.AsArray();

        Assert.Equal(1000, answers.Count);
        Assert.InRange(answers.Count(answer => answer!["result"] is not null), 50, 500);
        Assert.Equal("CC4011", (string)answers[^1]!["error"]!["data"]!["code"]!);
    }

    [Fact]
    public async Task Batch_AnswerOverTheLimit_EndsWithErrors()
    {
        await using ServedNode served = await ServedNode.StartAsync(
            () => TestChain.StartAsync(), new RpcServerOptions { MaxResponseBytes = 64 * 1024, RequestsPerSecond = 0 });
        const string Discover = """{"jsonrpc":"2.0","method":"rpc.discover","id":1}""";
        string batch = $"[{string.Join(',', Enumerable.Repeat(Discover, 50))}]";

        string answer = await served.PostAsync(Encoding.UTF8.GetBytes(batch));

        Assert.True(answer.Length < 200_000, $"{answer.Length} bytes");
        Assert.Equal("CC4012", (string)JsonNode.Parse(answer)!.AsArray()[^1]!["error"]!["data"]!["code"]!);
    }

    [Theory]
    [InlineData("Host", "evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Host", "localhost:1", HttpStatusCode.OK)]
    [InlineData("Host", "[::1]:8645", HttpStatusCode.OK)]
    [InlineData("Host", "node.example", HttpStatusCode.OK)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://wallet.example", HttpStatusCode.OK)]
    public async Task Post_FromAPage_IsServedWhereItWasLetIn(string header, string value, HttpStatusCode status)
    {
        await using ServedNode served = await ServedNode.StartAsync(
            () => TestChain.StartAsync(), new RpcServerOptions { AllowedOrigins = ["https://wallet.example"], AllowedHosts = ["node.example"] });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(Head) };
        request.Headers.TryAddWithoutValidation(header, value);

        using HttpResponseMessage response = await served.Http.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(header == "Origin" && status == HttpStatusCode.OK, response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Health_OfAGoodNode_IsLiveAndReady()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());

        Assert.Equal("""{"status":"ready","reasons":[]}""", await served.Http.GetStringAsync("/health/live"));
        Assert.Equal("""{"status":"ready","reasons":[]}""", await served.Http.GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task Health_OfAStoppedNode_IsUnavailableWithReasons()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await served.Node.DisposeAsync();

        using HttpResponseMessage ready = await served.Http.GetAsync("/health/ready");
        using HttpResponseMessage live = await served.Http.GetAsync("/health/live");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, live.StatusCode);
        Assert.Contains("stopped", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("CC4028", await served.ErrorAsync("state_v1_getBalance", $"""["0x{new string('0', 64)}"]"""));
        Assert.Equal("CC4028", await served.ErrorAsync("mempool_v1_status"));
    }
}
