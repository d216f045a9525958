using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using System.Threading.Channels;
using Chain.Core.Crypto;
using Chain.Core.Gossip;
using Chain.Core.Machines;
using Chain.Core.Node;
using Chain.Core.Storage;
using Chain.Core.Transport;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>A node that does nothing but gossip: the loop, job pool and transport of a full node under a <see cref="MessageMachine"/>.</summary>
internal sealed class MessageNode
{
    private const int InputCapacity = 4096;

    private readonly ChannelWriter<HostInput> _inputs;

    private readonly IPEndPoint _endPoint;
    private int _peers;

    private MessageNode(
        GossipOptions options, IReadOnlyList<MessageNode> dialled, Action<int> delivered, Func<IMachine<HostInput>, IMachine<HostInput>> around)
    {
        var inbox = new LoopInbox(InputCapacity);
        _inputs = inbox;
        var transport = new TcpTransport(new X25519PrivateKey(RandomNumberGenerator.GetBytes(X25519.KeySize)), inbox);
        _endPoint = transport.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        PeerAddress[] bootstrap = [.. dialled.Select(static node => PeerAddress.From(IPAddress.Loopback, node._endPoint.Port))];
        var machine = new MessageMachine(
            transport.LocalPeer, options, bootstrap, delivered, () => Interlocked.Increment(ref _peers));
        new MachineLoop(
            around(machine),
            new MemoryStore(),
            transport,
            inbox,
            jobThreads: 1,
            TimeProvider.System,
            new LoopMeters(new Meter(nameof(MessageNode)), TimeProvider.System),
            static _ => { },
            static fault => Environment.FailFast("A benchmark's node failed.", fault)).Start();
    }

    public int Peers => Volatile.Read(ref _peers);

    public void Submit(Transaction message) =>
        _inputs.WriteAsync(new HostInput.Submitted(message)).AsTask().GetAwaiter().GetResult();

    /// <summary>Several in this process, over TCP on 127.0.0.1, each dialling some of those before it; returns when each has all its peers.</summary>
    /// <param name="options">The options of gossip.</param>
    /// <param name="count">How many nodes.</param>
    /// <param name="dials">How many of those before it each dials.</param>
    /// <param name="delivered">Told how many messages were delivered.</param>
    /// <param name="around">Puts a machine around that of each node; nothing where it is null.</param>
    public static MessageNode[] Start(
        GossipOptions options, int count, int dials, Action<int> delivered, Func<IMachine<HostInput>, IMachine<HostInput>>? around = null)
    {
        var nodes = new MessageNode[count];
        for (int i = 0; i < count; i++)
        {
            nodes[i] = new MessageNode(options, nodes[int.Max(0, i - dials)..i], delivered, around ?? (static machine => machine));
        }

        int connections = Enumerable.Range(0, count).Sum(i => int.Min(i, dials));
        SpinWait.SpinUntil(() => nodes.Sum(static node => node.Peers) == 2 * connections);
        return nodes;
    }
}
