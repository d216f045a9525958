using System.Threading.Channels;

namespace Chain.Core.Benchmarks.Laboratory;

/// <summary>The gossip of <see cref="ToyMachine"/> as one would write it with async: a loop over a mailbox for each node.</summary>
internal sealed class AsyncGossip
{
    private readonly VirtualScheduler _time = new();
    private readonly List<Node> _nodes = [];

    public AsyncGossip(int nodes)
    {
        foreach (int[] earlier in ToyNetwork.Graph(nodes))
        {
            var node = new Node();
            foreach (int other in earlier)
            {
                node.Neighbours.Add(_nodes[other]);
                _nodes[other].Neighbours.Add(node);
            }

            _nodes.Add(node);
        }

        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_time);
        _nodes.ForEach(node => _ = ListenAsync(node));
        _ = BeginAsync(_nodes[0]);
        SynchronizationContext.SetSynchronizationContext(before);
    }

    public long Delivered { get; private set; }

    public void RunFor(TimeSpan duration) => _time.RunFor(duration);

    private async Task ListenAsync(Node node)
    {
        while (await node.Mailbox.Reader.WaitToReadAsync())
        {
            while (node.Mailbox.Reader.TryRead(out (ulong Number, Node From) heard))
            {
                Delivered++;
                Pass(node, heard.Number, heard.From);
            }
        }
    }

    private async Task BeginAsync(Node node)
    {
        while (true)
        {
            await _time.Delay(ToyMachine.Interval);
            Pass(node, node.Heard + 1, null);
        }
    }

    private void Pass(Node node, ulong number, Node? from)
    {
        if (number <= node.Heard)
        {
            return;
        }

        node.Heard = number;
        foreach (Node neighbour in node.Neighbours)
        {
            if (neighbour != from)
            {
                _ = SendAsync(node, neighbour, number);
            }
        }
    }

    private async Task SendAsync(Node from, Node to, ulong number)
    {
        await _time.Delay(ToyNetwork.Latency);
        to.Mailbox.Writer.TryWrite((number, from));
    }

    private sealed class Node
    {
        public List<Node> Neighbours { get; } = [];

        public Channel<(ulong Number, Node From)> Mailbox { get; } = Channel.CreateUnbounded<(ulong, Node)>();

        public ulong Heard { get; set; }
    }
}
