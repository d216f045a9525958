using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Chain.Core.Rpc.Tests.Hosting;

/// <summary>Clients that stop in the middle of long messages, theirs or ours: all together take a bounded memory, and others are served.</summary>
[Collection(Alone.Name)]
public sealed class MessageMemoryTests
{
    private const int Message = 900_000;
    private const int Clients = 24;
    private const long Room = 4 << 20; // a quarter of it for one address: room for one message
    private const int DeafClients = 6;

    /// <summary>A batch whose answer is more than the kernel takes for us.</summary>
    private static readonly string Dear = $"[{string.Join(',', Enumerable.Repeat("""{"jsonrpc":"2.0","method":"rpc.discover","id":1}""", 200))}]";

    private static RpcServerOptions Bounded => new() { MaxBufferedBytes = Room, RequestsPerSecond = 0 };

    private static RpcServerOptions ForAnswers => new() { MaxBufferedBytes = 4 * Room, MaxBatch = 200, RequestsPerSecond = 0 };

    /// <summary>The mutant: room for whatever comes.</summary>
    private static RpcServerOptions Unbounded => Bounded with { MaxBufferedBytes = 1L << 40 };

    [Fact]
    public async Task Requests_ThatDoNotEnd_AreRefusedBeyondTheRoomAndOthersAreServed()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), Bounded);
        List<TcpClient> clients = await PostHalvesAsync(served);

        // All but the one that there is room for are told so.
        await Waits.UntilAsync(() => clients.Count(static client => client.Available > 0) >= Clients - 1);
        Assert.InRange(served.Server.BufferedBytes, 1, Room / 4);
        TcpClient refused = clients.First(static client => client.Available > 0);
        var answer = new byte[4096];
        int count = await refused.GetStream().ReadAsync(answer);
        Assert.StartsWith("HTTP/1.1 503", Encoding.ASCII.GetString(answer, 0, count), StringComparison.Ordinal);
        Assert.Contains("CC4013", Encoding.ASCII.GetString(answer, 0, count), StringComparison.Ordinal);
        await served.ResultAsync("chain_v1_head");

        clients.ForEach(static client => client.Dispose());
        await Waits.UntilAsync(() => served.Server.BufferedBytes == 0);
        Assert.NotEqual("", await served.PostAsync(Encoding.ASCII.GetBytes(new string(' ', Message) + "1")));
    }

    [Fact]
    public async Task Requests_ThatDoNotEnd_TakeAllMemoryWhereThereIsNoBound()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), Unbounded);
        List<TcpClient> clients = await PostHalvesAsync(served);

        await Waits.UntilAsync(() => served.Server.BufferedBytes > 4 * Room);
        clients.ForEach(static client => client.Dispose());
    }

    [Fact]
    public async Task Messages_OfWebSocketsThatDoNotEnd_CloseThemBeyondTheRoom()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), Bounded);
        var sockets = new List<RpcSocket>();
        for (int i = 0; i < 6; i++)
        {
            sockets.Add(await RpcSocket.ConnectAsync(served.Server.Url));
            await sockets[i].Socket.SendAsync(new byte[Message], WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None);
        }

        await Waits.UntilAsync(() => served.Server.StreamCount == 1);
        Assert.InRange(served.Server.BufferedBytes, 1, Room / 4);
        string[] ends = await Task.WhenAll(sockets.Select(static async socket => await EndOfAsync(socket)));
        Assert.Equal(sockets.Count - 1, ends.Count(static end => end == "1013"));
        await served.ResultAsync("chain_v1_head");
        sockets.ForEach(static socket => socket.Socket.Dispose());
        await Waits.UntilAsync(() => served.Server.BufferedBytes == 0);
    }

    [Fact]
    public async Task Answers_ThatNobodyReads_AreRefusedBeyondTheRoomAndOthersAreServed()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), ForAnswers);
        List<TcpClient> deaf = await AskAsync(served, 1);
        await Waits.UntilAsync(() => served.Server.BufferedBytes > ForAnswers.MaxBufferedBytes / 4);
        long held = served.Server.BufferedBytes;
        deaf.AddRange(await AskAsync(served, DeafClients));

        await Waits.UntilAsync(() => deaf.All(static client => client.Available > 0)); // each was answered, if by a refusal
        Assert.Equal(held, served.Server.BufferedBytes);
        Assert.Equal("CC4013", await served.ErrorAsync("rpc.discover"));
        await served.ResultAsync("chain_v1_head");

        deaf.ForEach(static client => client.Dispose());
        await Waits.UntilAsync(() => served.Server.BufferedBytes == 0);
        await served.ResultAsync("rpc.discover");
    }

    [Fact]
    public async Task Answers_ThatNobodyReads_TakeAllMemoryWhereThereIsNoBound()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), ForAnswers with { MaxBufferedBytes = 1L << 40 });
        List<TcpClient> deaf = await AskAsync(served, DeafClients);

        await Waits.UntilAsync(() => served.Server.BufferedBytes > 2 * ForAnswers.MaxBufferedBytes);
        deaf.ForEach(static client => client.Dispose());
    }

    private static Task<List<TcpClient>> PostHalvesAsync(ServedNode served) => SendAllAsync(
        served, Clients, $"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {Message + 1}\r\n\r\n{new string(' ', Message)}");

    private static Task<List<TcpClient>> AskAsync(ServedNode served, int clients) => SendAllAsync(
        served, clients, $"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {Dear.Length}\r\n\r\n{Dear}");

    /// <summary>As many clients, which send this and read nothing.</summary>
    private static async Task<List<TcpClient>> SendAllAsync(ServedNode served, int count, string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        var clients = new List<TcpClient>();
        for (int i = 0; i < count; i++)
        {
            var client = new TcpClient { ReceiveBufferSize = 4096 };
            await client.ConnectAsync(served.Server.Url.Host, served.Server.Url.Port);
            clients.Add(client);
            _ = SendAsync(client, bytes);
        }

        return clients;
    }

    private static async Task SendAsync(TcpClient client, byte[] bytes)
    {
        try
        {
            await client.GetStream().WriteAsync(bytes);
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException)
        {
            // It was refused before all was sent.
        }
    }

    /// <summary>The status that the server closed a socket with; empty for one that it left open.</summary>
    private static async Task<string> EndOfAsync(RpcSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            ValueWebSocketReceiveResult received = await socket.Socket.ReceiveAsync(new byte[128].AsMemory(), patience.Token);
            return received.MessageType == WebSocketMessageType.Close ? ((int)socket.Socket.CloseStatus!).ToString(System.Globalization.CultureInfo.InvariantCulture) : "";
        }
        catch (OperationCanceledException)
        {
            return "";
        }
    }
}
