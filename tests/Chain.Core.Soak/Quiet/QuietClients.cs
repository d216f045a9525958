using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

namespace Chain.Core.Soak.Quiet;

/// <summary>
/// What connects to the nodes that serve: payers, readers, subscribers that stay and that come and go, and clients that do not
/// read, do not finish or send what no client should. What none of them may see is a violation.
/// </summary>
internal sealed class QuietClients : IAsyncDisposable
{
    private const int IdleSockets = 16;
    private const int Waited = 20; // one payment of so many is watched until a block has it
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly IReadOnlyList<QuietProcess> _nodes;
    private readonly BlockId _genesis;
    private readonly Action<string> _violate;
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly RpcClient[] _clients;
    private readonly QuietAccount[] _payers;
    private readonly List<ClientWebSocket> _idle = [];
    private readonly List<Task> _running = [];
    private int _turn;

    public QuietClients(IReadOnlyList<QuietProcess> nodes, BlockId genesis, Action<string> violate)
    {
        _nodes = nodes;
        _genesis = genesis;
        _violate = violate;
        _clients = [.. nodes.Select(static node => new RpcClient(node.Rpc))];
        _payers = [.. nodes.Select(static (_, i) => new QuietAccount(2 * i))];
    }

    public int Paid => _payers.Sum(static payer => (int)payer.Signed);

    public int Answered { get; private set; }

    public int Refused { get; private set; }

    public int Told { get; private set; }

    public async Task StartAsync(int paymentsPerSecond)
    {
        for (int i = 0; i < IdleSockets; i++)
        {
            _idle.Add(await ConnectAsync(_nodes[i % _nodes.Count]));
        }

        TimeSpan second = TimeSpan.FromSeconds(1);
        for (int i = 0; i < _nodes.Count; i++)
        {
            int node = i;
            _running.Add(FollowAsync(_clients[node]));
            _running.Add(FollowAsync(_clients[node]));
            _running.Add(FollowSocketAsync(_nodes[node]));
            _running.Add(RepeatAsync("payer", second * _nodes.Count / paymentsPerSecond, () => PayAsync(node)));
            _running.Add(RepeatAsync("scrape", second * 15, () => ScrapeAsync(_nodes[node])));
            _running.Add(RepeatAsync("slow reader", second * 290, () => HoldAsync(_nodes[node], HostileRequests.Pipelined, isCut: false)));
            _running.Add(RepeatAsync("half-said request", second * 60, () => HoldAsync(_nodes[node], HostileRequests.HalfSaid, isCut: true)));
        }

        _running.Add(RepeatAsync("reader", second * 2, ReadAsync));
        _running.Add(RepeatAsync("hostile client", second * 5, SendHostileAsync));
        _running.Add(RepeatAsync("short subscriber", second * 10, SubscribeBrieflyAsync));
        _running.Add(RepeatAsync("page", second * 60, () => ReadPageAsync(Next())));
    }

    /// <summary>Pays, and waits where too many payments of the account wait already.</summary>
    public async Task PayPatientlyAsync(QuietAccount account, int turn, CancellationToken cancellation)
    {
        Transaction payment = account.Pay(_genesis);
        while (true)
        {
            try
            {
                await _clients[turn % _clients.Length].SubmitAsync(payment, cancellation);
                return;
            }
            catch (RpcException full) when (full.Code is "CC4112" or "CC4113" or "CC4011")
            {
                await Task.Delay(1000, cancellation);
            }
        }
    }

    /// <summary>Ends the payments and waits until all are in blocks.</summary>
    public async Task FinishAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).WaitAsync(Patience);
        for (int i = 0; i < _nodes.Count; i++)
        {
            using var patience = new CancellationTokenSource(Patience);
            ulong applied;
            while ((applied = (await _clients[i].GetAccountAsync(_payers[i].Address)).NextNonce) < _payers[i].Signed && !patience.IsCancellationRequested)
            {
                await Task.Delay(1000, CancellationToken.None);
            }

            if (applied != _payers[i].Signed)
            {
                _violate($"{applied} of {_payers[i].Signed} payments through node {i} were applied");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).WaitAsync(Patience);
        _idle.ForEach(static socket => socket.Dispose());
        Array.ForEach(_clients, static client => client.Dispose());
        Array.ForEach(_payers, static payer => payer.Dispose());
        _http.Dispose();
        _stop.Dispose();
    }

    private static async Task<ClientWebSocket> ConnectAsync(QuietProcess node)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(node.Rpc) { Scheme = "ws" }.Uri, CancellationToken.None);
        return socket;
    }

    private async Task RepeatAsync(string who, TimeSpan interval, Func<Task> act)
    {
        using var ticks = new PeriodicTimer(interval);
        try
        {
            do
            {
                await act();
            }
            while (await ticks.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The time is over.
        }
        catch (Exception fault)
        {
            _violate($"{who}: {fault.GetType().Name} {fault.Message}");
        }
    }

    private QuietProcess Next() => _nodes[_turn++ % _nodes.Count];

    private async Task PayAsync(int node)
    {
        Transaction payment = _payers[node].Pay(_genesis);
        if (_payers[node].Signed % Waited == 0)
        {
            await _clients[node].SubmitAndWaitAsync(payment, _stop.Token);
        }
        else
        {
            await _clients[node].SubmitAsync(payment, CancellationToken.None);
        }
    }

    private async Task ReadAsync()
    {
        RpcClient client = _clients[_turn++ % _clients.Length];
        AccountAddress account = _payers[0].Address;
        switch (Answered++ % 9)
        {
            case 0:
                await client.GetStatusAsync();
                break;
            case 1:
                await client.GetBlockAsync(isFull: true);
                break;
            case 2:
                await client.GetHeaderAsync();
                break;
            case 3:
                await client.GetAccountAsync(account);
                break;
            case 4:
                await client.GetStateWithProofAsync("token", account.Value.ToArray());
                break;
            case 5:
                await client.GetPeersAsync();
                break;
            case 6:
                await client.GetValidatorsAsync();
                break;
            case 7:
                await _payers[0].EstimateAsync(client);
                break;
            default:
                await client.GetMempoolAsync();
                break;
        }
    }

    private async Task ScrapeAsync(QuietProcess node)
    {
        string scrape = await _http.GetStringAsync(node.Metrics);
        if (!scrape.Contains("chain_block_height ", StringComparison.Ordinal))
        {
            _violate("a scrape without the height of the chain");
        }

        using HttpResponseMessage health = await _http.GetAsync(new Uri(node.Rpc, "health/live"));
        health.EnsureSuccessStatusCode();
    }

    private async Task ReadPageAsync(QuietProcess node)
    {
        await _http.GetByteArrayAsync(new Uri(node.Rpc, "explorer"));
        using HttpResponseMessage described = await _http.PostAsync(node.Rpc, new StringContent(HostileRequests.Call("rpc.discover")));
        described.EnsureSuccessStatusCode();
    }

    /// <summary>Each with the number of the error that must come, and the connection must serve on.</summary>
    private async Task SendHostileAsync()
    {
        (string body, int error) = HostileRequests.All[Refused++ % HostileRequests.All.Count];
        using HttpResponseMessage response = await _http.PostAsync(Next().Rpc, new StringContent(body));
        string answer = await response.Content.ReadAsStringAsync();
        if ((int?)JsonNode.Parse(answer)?["error"]?["code"] != error)
        {
            _violate($"error {error} was expected for {body[..Math.Min(body.Length, 80)]}, and came {answer[..Math.Min(answer.Length, 200)]}");
        }
    }

    /// <summary>A client that sends this and reads nothing.</summary>
    /// <param name="node">The node.</param>
    /// <param name="sent">What it sends.</param>
    /// <param name="isCut">Whether the node must close the connection; otherwise the client leaves it after half a minute.</param>
    private async Task HoldAsync(QuietProcess node, byte[] sent, bool isCut)
    {
        using var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(node.Rpc.Host, node.Rpc.Port, _stop.Token);
        try
        {
            Task writing = client.GetStream().WriteAsync(sent, _stop.Token).AsTask();
            if (isCut)
            {
                await writing;
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                patience.CancelAfter(Patience);
                var answer = new byte[4096];
                while (await client.GetStream().ReadAsync(answer, patience.Token) > 0)
                {
                    // It may be told why.
                }
            }
            else
            {
                await Task.WhenAll(writing, Task.Delay(TimeSpan.FromSeconds(30), _stop.Token));
            }
        }
        catch (IOException)
        {
            // Cut, as it should be.
        }
    }

    /// <summary>Subscribes in both ways, waits for something and leaves without a word.</summary>
    private async Task SubscribeBrieflyAsync()
    {
        await foreach (ChainEvent happened in _clients[_turn++ % _clients.Length].FollowAsync("genesis", _stop.Token))
        {
            break;
        }

        using ClientWebSocket socket = await ConnectAsync(Next());
        await SendAsync(socket, HostileRequests.Call("chain_v1_follow", """["genesis"]"""));
        await NextAsync(socket);
        await NextAsync(socket);
    }

    private async Task FollowAsync(RpcClient client)
    {
        var order = new EventOrder(_violate);
        try
        {
            await foreach (ChainEvent happened in client.FollowAsync("latest", _stop.Token))
            {
                order.Take(happened.Kind.ToString(), happened.Height.Value);
                Told++;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The time is over.
        }
        catch (Exception fault)
        {
            _violate($"follower: {fault.GetType().Name} {fault.Message}");
        }
    }

    private async Task FollowSocketAsync(QuietProcess node)
    {
        var order = new EventOrder(_violate);
        try
        {
            using ClientWebSocket socket = await ConnectAsync(node);
            await SendAsync(socket, HostileRequests.Call("chain_v1_follow"));
            while (true)
            {
                if ((await NextAsync(socket))["params"]?["event"] is { } happened)
                {
                    string height = (string)happened["height"]!;
                    order.Take((string)happened["kind"]!, ulong.Parse(height[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    Told++;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The time is over.
        }
        catch (Exception fault)
        {
            _violate($"follower over a WebSocket: {fault.GetType().Name} {fault.Message}");
        }
    }

    private Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, _stop.Token);

    private async Task<JsonNode> NextAsync(ClientWebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[4096];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                throw new EndOfStreamException($"the node closed the WebSocket: {socket.CloseStatus}");
            }

            message.Write(buffer, 0, received.Count);
        }
        while (!received.EndOfMessage);

        return JsonNode.Parse(message.ToArray())!;
    }
}
