using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.Channels;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Transport;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>A process that troubles the middle node of <see cref="AttackedRelay"/>, as long as its input is open.</summary>
internal static class RelayAttacker
{
    public const string Argument = "relay-attacker";

    private const int Flooders = 4;
    private const int IdlePeers = 200;
    private const int Drippers = 50;
    private const int DeafPeers = 20;

    private static readonly TimeSpan DripInterval = TimeSpan.FromMilliseconds(500);

    public static async Task<int> RunAsync(string kind, int port, uint network, string genesis)
    {
        using var stop = new CancellationTokenSource();
        var hello = new PeerMessage.Hello(
            network, new BlockId(new Hash256(Convert.FromHexString(genesis))), 1, 1, PeerCapabilities.TransactionRelay, "attacker", null, default, default);
        Task[] attacks = kind == nameof(Attack.Flood)
            ? [.. Enumerable.Range(0, Flooders).Select(_ => Task.Run(() => FloodAsync(hello, port, stop.Token)))]
            : [
                .. Enumerable.Range(0, IdlePeers).Select(_ => Task.Run(() => IdleAsync(hello, port, stop.Token))),
                .. Enumerable.Range(0, Drippers).Select(_ => Task.Run(() => DripAsync(port, stop.Token))),
                .. Enumerable.Range(0, DeafPeers).Select(_ => Task.Run(() => DeafAsync(hello, port, stop.Token))),
            ];
        await Console.In.ReadLineAsync(CancellationToken.None);
        await stop.CancelAsync();
        int connections = 0;
        foreach (Task attack in attacks)
        {
            connections += attack is Task<int> counted ? await counted : 0;
        }

        Console.WriteLine(connections.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>Everything that has an allowance, as fast as it is taken; with a new identity as soon as the last one is cut.</summary>
    private static Task<int> FloodAsync(PeerMessage.Hello hello, int port, CancellationToken stop)
    {
        var random = new byte[32];
        PeerMessage[] flood =
        [
            new PeerMessage.AnnounceTransactions([.. Enumerable.Range(0, 1000).Select(_ => new TransactionId(Fresh()))]),
            new PeerMessage.RequestTransactions([.. Enumerable.Range(0, 1000).Select(_ => new TransactionId(Fresh()))]),
            new PeerMessage.GetHeaders([hello.Genesis]),
            new PeerMessage.GetAddresses(),
            new PeerMessage.Addresses([.. Enumerable.Range(1, 100).Select(static i => PeerAddress.From(new IPAddress([10, 1, 1, (byte)i]), 4000))]),
            new PeerMessage.Consensus(new byte[1000]),
        ];
        return AgainAndAgainAsync(hello, port, async (transport, inputs, connection) =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                if (!transport.Send(connection, flood[i % flood.Length]) && !await UntilAsync<HostInput.Drained>(inputs, stop))
                {
                    return;
                }

                while (inputs.TryRead(out HostInput? input))
                {
                    if (input is HostInput.Disconnected)
                    {
                        return;
                    }
                }
            }
        }, stop);

        Hash256 Fresh()
        {
            RandomNumberGenerator.Fill(random);
            return new Hash256(random);
        }
    }

    /// <summary>Says hello and nothing more.</summary>
    private static Task<int> IdleAsync(PeerMessage.Hello hello, int port, CancellationToken stop) => AgainAndAgainAsync(
        hello, port, async (_, inputs, _) => await UntilAsync<HostInput.Disconnected>(inputs, stop), stop);

    /// <summary>Asks for much and never reads an answer.</summary>
    private static Task<int> DeafAsync(PeerMessage.Hello hello, int port, CancellationToken stop) => AgainAndAgainAsync(hello, port, async (transport, _, connection) =>
    {
        for (int i = 0; i < 5_000 && !stop.IsCancellationRequested; i++)
        {
            transport.Send(connection, new PeerMessage.Ping((ulong)i));
        }

        await Task.Delay(TimeSpan.FromSeconds(20), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }, stop);

    /// <summary>A byte of a handshake now and then.</summary>
    private static async Task DripAsync(int port, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, stop);
                while (!stop.IsCancellationRequested)
                {
                    await client.GetStream().WriteAsync(new byte[1], stop);
                    await Task.Delay(DripInterval, stop);
                }
            }
            catch (Exception refused) when (refused is IOException or SocketException or OperationCanceledException)
            {
                await Task.Delay(DripInterval, CancellationToken.None);
            }
        }
    }

    private static async Task<int> AgainAndAgainAsync(
        PeerMessage.Hello hello, int port, Func<TcpTransport, ChannelReader<HostInput>, ConnectionId, Task> attack, CancellationToken stop)
    {
        int connections = 0;
        while (!stop.IsCancellationRequested)
        {
            Channel<HostInput> inputs = Channel.CreateBounded<HostInput>(64);
            using var key = new X25519PrivateKey(RandomNumberGenerator.GetBytes(X25519.KeySize));
            var options = new TransportOptions { Prologue = hello.Genesis.Value.ToArray(), CloseTimeout = TimeSpan.FromMilliseconds(10) };
            await using var transport = new TcpTransport(key, inputs.Writer, options);
            transport.Dial(PeerAddress.From(IPAddress.Loopback, port));
            HostInput? opened = await NextAsync(inputs.Reader, stop);
            if (opened is HostInput.Connected { Connection.Id: ConnectionId connection })
            {
                connections++;
                transport.Send(connection, hello);
                await attack(transport, inputs.Reader, connection);
            }
            else
            {
                await Task.Delay(DripInterval, CancellationToken.None);
            }
        }

        return connections;
    }

    /// <summary>Reads until an input of this kind comes; false where the connection ends first.</summary>
    private static async Task<bool> UntilAsync<T>(ChannelReader<HostInput> inputs, CancellationToken stop)
    {
        while (await NextAsync(inputs, stop) is HostInput input)
        {
            if (input is T or HostInput.Disconnected)
            {
                return input is T;
            }
        }

        return false;
    }

    private static async Task<HostInput?> NextAsync(ChannelReader<HostInput> inputs, CancellationToken stop)
    {
        try
        {
            return await inputs.ReadAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
