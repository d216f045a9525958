using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Chain.Core.Testing;

namespace Chain.Core.Rpc.Tests.Hosting;

/// <summary>Clients that stop reading, say nothing, or come in great numbers: they are cut or cost little, and others are served.</summary>
[Collection(Alone.Name)]
public sealed class SlowClientTests
{
    private const string Discover = """{"jsonrpc":"2.0","method":"rpc.discover","id":1}""";
    private const string Upgrade = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

    private const int CutEvent = 4002;
    private const int Flood = 400; // of about 50 kB each: more than the kernel takes for us

    [Fact]
    public async Task Http_ClientThatDoesNotRead_IsCutAndOthersAreServed()
    {
        using var log = new HeardLog(CutEvent);
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), Impatient with { Loggers = log });
        using TcpClient deaf = await ConnectAsync(served);
        string request = $"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {Discover.Length}\r\n\r\n{Discover}";

        await WriteAllItTakesAsync(deaf, string.Concat(Enumerable.Repeat(request, Flood)));
        await served.ResultAsync("chain_v1_head");

        await log.Heard.WaitAsync(Waits.Patience); // before a byte is read
        await AssertCutAsync(deaf);
    }

    [Fact]
    public async Task Socket_ClientThatDoesNotRead_IsCutAndOthersAreServed()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), Impatient);
        using TcpClient deaf = await ConnectAsync(served);
        await deaf.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Upgrade));
        await Waits.UntilAsync(() => served.Server.StreamCount == 1);

        // A masked text frame of less than 126 bytes, under the mask 0.
        string frame = $"\u0081{(char)(0x80 | Discover.Length)}\0\0\0\0{Discover}";
        await WriteAllItTakesAsync(deaf, string.Concat(Enumerable.Repeat(frame, Flood)));
        await served.ResultAsync("chain_v1_head");

        await Waits.UntilAsync(() => served.Server.StreamCount == 0);
    }

    [Fact]
    public async Task Idle_SocketThatSaysNothing_IsClosed()
    {
        await using ServedNode served = await ServedNode.StartAsync(
            () => TestChain.StartAsync(), new RpcServerOptions { IdleTimeout = TimeSpan.FromSeconds(1), HeadersTimeout = TimeSpan.FromSeconds(1) });
        using TcpClient silent = await ConnectAsync(served);
        using TcpClient halfSaid = await ConnectAsync(served);
        await halfSaid.GetStream().WriteAsync("POST / HT"u8.ToArray());

        await AssertCutAsync(silent);
        await AssertCutAsync(halfSaid);
    }

    [Fact]
    public async Task Connections_OverTheLimit_AreClosedAtOnce()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), new RpcServerOptions { MaxConnections = 2, MaxStreams = 2 });
        await served.ResultAsync("chain_v1_head");
        using TcpClient second = await ConnectAsync(served);
        using TcpClient third = await ConnectAsync(served);

        await AssertCutAsync(third);
        await served.ResultAsync("chain_v1_head");
    }

    /// <summary>Connections that say nothing, and WebSockets, each of which takes twice its client's memory here as well.</summary>
    [Theory]
    [InlineData(false, 16 * 1024)]
    [InlineData(true, 32 * 1024)]
    public async Task Idle_ManySockets_TakeLittleMemoryEachAndOthersAreServed(bool areWebSockets, int limitBytes)
    {
        int count = LongRun.Count(400, 2_000) / (areWebSockets ? 2 : 1);
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), new RpcServerOptions { RequestsPerSecond = 0 });
        var idle = new List<TcpClient>();
        try
        {
            await OpenIdleAsync(served, idle, 20, areWebSockets); // what is made once
            long before = GC.GetTotalMemory(forceFullCollection: true);
            await OpenIdleAsync(served, idle, count, areWebSockets);
            long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;

            Assert.True(each <= limitBytes, $"{each} bytes a socket");
            await served.ResultAsync("chain_v1_head");
        }
        finally
        {
            idle.ForEach(static client => client.Dispose());
        }
    }

    [Fact]
    public async Task Events_ManyReaders_TakeLittleMemoryEachAndLoseNothing()
    {
        const int LimitBytes = 32 * 1024;
        int count = LongRun.Count(100, 1_000);
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), new RpcServerOptions { RequestsPerSecond = 0 });
        var readers = new List<TcpClient>();
        try
        {
            await OpenReadersAsync(served, readers, 10); // what is made once
            long before = GC.GetTotalMemory(forceFullCollection: true);
            await OpenReadersAsync(served, readers, count);
            long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
            await served.Node.SealAsync(3);

            Assert.True(each <= LimitBytes, $"{each} bytes a reader");
            foreach (TcpClient reader in readers)
            {
                await AssertHeardAsync(reader, "added", 3);
            }
        }
        finally
        {
            readers.ForEach(static reader => reader.Dispose());
        }
    }

    [Fact]
    public async Task Events_ReaderThatStopsReading_IsCutAndGoesOnFromItsCursorWhileOthersLoseNothing()
    {
        const int AtOnce = 20;
        const ulong MostBlocks = 20_000;
        using var log = new HeardLog(CutEvent);
        await using ServedNode served = await ServedNode.StartAsync(
            () => TestChain.StartAsync(), Impatient with { Loggers = log, EventLogCapacity = 16 });
        var readers = new List<TcpClient>();
        await OpenReadersAsync(served, readers, 1);
        using TcpClient deaf = readers[0];
        await using EventStream other = await EventStream.OpenAsync(served.Http, "latest");

        // What the kernel takes for the deaf one is not ours to bound: blocks are made until it takes no more.
        ulong height = 0;
        while (!log.Heard.IsCompleted && height < MostBlocks)
        {
            await served.Node.SealAsync(AtOnce);
            for (ulong end = height + AtOnce; height < end; height++)
            {
                // One that lags is told so, and still hears of each block.
                JsonNode happened = await NextBlockAsync(other);
                Assert.Equal($"added 0x{height + 1:x}", EventStream.Describe(happened));
            }
        }

        await log.Heard.WaitAsync(Waits.Patience);
        await Waits.UntilAsync(() => served.Server.StreamCount == 1);
        await served.Node.SealAsync(AtOnce); // more than the log reaches back
        (string cursor, ulong known) = await ReadToTheEndAsync(deaf);
        Assert.InRange(known, 1UL, height);
        await using EventStream again = await EventStream.OpenAsync(served.Http, cursor);
        Assert.Equal("lagged", (string)(await again.NextAsync())["kind"]!);
        Assert.Equal($"added 0x{known + 1:x}", EventStream.Describe(await again.NextAsync()));
    }

    private static RpcServerOptions Impatient => new() { SlowClientTimeout = TimeSpan.FromMilliseconds(300), RequestsPerSecond = 0 };

    private static async Task<TcpClient> ConnectAsync(ServedNode served)
    {
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(served.Server.Url.Host, served.Server.Url.Port);
        return client;
    }

    private static async Task OpenIdleAsync(ServedNode served, List<TcpClient> idle, int more, bool areWebSockets)
    {
        for (int i = 0; i < more; i++)
        {
            TcpClient client = await ConnectAsync(served);
            idle.Add(client);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(areWebSockets ? Upgrade : "P"));
        }

        if (areWebSockets)
        {
            await Waits.UntilAsync(() => served.Server.StreamCount == idle.Count);
        }
        else
        {
            await served.ResultAsync("chain_v1_head"); // which came after them
        }
    }

    private static async Task OpenReadersAsync(ServedNode served, List<TcpClient> readers, int more)
    {
        for (int i = 0; i < more; i++)
        {
            TcpClient reader = await ConnectAsync(served);
            readers.Add(reader);
            await reader.GetStream().WriteAsync("GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray());
        }

        await Waits.UntilAsync(() => served.Server.StreamCount == readers.Count);
    }

    /// <summary>Writes until the other side takes no more.</summary>
    private static async Task WriteAllItTakesAsync(TcpClient client, string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), patience.Token);
        }
        catch (Exception full) when (full is OperationCanceledException or IOException)
        {
            // As much as it took.
        }
    }

    /// <summary>Reads to the end, which comes although this side has said no goodbye.</summary>
    private static async Task AssertCutAsync(TcpClient client)
    {
        using var patience = new CancellationTokenSource(Waits.Patience);
        var buffer = new byte[64 * 1024];
        try
        {
            while (await client.GetStream().ReadAsync(buffer, patience.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset: cut all the same.
        }
    }

    private static async Task<JsonNode> NextBlockAsync(EventStream stream)
    {
        JsonNode happened = await stream.NextAsync();
        while ((string)happened["kind"]! != "added")
        {
            happened = await stream.NextAsync();
        }

        return happened;
    }

    /// <summary>The last whole event that a client was sent: its cursor, and the height of the block.</summary>
    private static async Task<(string Cursor, ulong Height)> ReadToTheEndAsync(TcpClient client)
    {
        var heard = new StringBuilder();
        var buffer = new byte[64 * 1024];
        using var patience = new CancellationTokenSource(Waits.Patience);
        try
        {
            for (int count; (count = await client.GetStream().ReadAsync(buffer, patience.Token)) > 0;)
            {
                heard.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // Reset: what came before it stands.
        }

        string text = heard.ToString();
        Match last = Regex.Matches(text, "data: (\\{[^\\n]*\\})\\n\\n").LastOrDefault() ?? throw new InvalidOperationException("It was sent nothing.");
        JsonNode happened = JsonNode.Parse(last.Groups[1].Value)!;
        return ((string)happened["cursor"]!, Convert.ToUInt64((string)happened["height"]!, 16));
    }

    private static async Task AssertHeardAsync(TcpClient reader, string word, int times)
    {
        using var patience = new CancellationTokenSource(Waits.Patience);
        var heard = new StringBuilder();
        var buffer = new byte[4096];
        while (heard.ToString().Split($"event: {word}\n").Length - 1 < times)
        {
            int count = await reader.GetStream().ReadAsync(buffer, patience.Token);
            Assert.NotEqual(0, count);
            heard.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
    }
}
