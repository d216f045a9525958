using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Playing;

/// <summary>Connects machines by direct delivery under virtual time: constant latency, links that can break, messages that can get lost.</summary>
internal sealed class TestNetwork(ulong seed)
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    private readonly PriorityQueue<Action, (Instant, ulong)> _queue = new();
    private readonly Dictionary<PeerAddress, TestNode> _byAddress = [];
    private readonly Dictionary<(TestNode, ConnectionId), (TestNode Node, ConnectionId Id)> _links = [];
    private ulong _sequence;
    private ulong _connections;

    public DeterministicRandom Random { get; } = new(seed);

    public List<TestNode> Nodes { get; } = [];

    public Instant Now { get; private set; } = Instant.Zero;

    public long Delivered { get; private set; }

    /// <summary>Whether a message gets lost on its way.</summary>
    public Func<TestNode, TestNode, PeerMessage, bool> Loses { get; set; } = (_, _, _) => false;

    /// <summary>What arrives in place of a message.</summary>
    public Func<TestNode, PeerMessage, PeerMessage> Alters { get; set; } = (_, message) => message;

    /// <summary>How often a message is delivered.</summary>
    public Func<TestNode, int> Copies { get; set; } = _ => 1;

    /// <summary>Told of every message that is delivered.</summary>
    public Action<TestNode, PeerMessage>? Watch { get; set; }

    public int Links => _links.Count / 2;

    public TestNode Add(string name, GossipOptions? options = null, params TestNode[] bootstrap)
    {
        var node = new TestNode(name, Chains.Address($"{name}.example"), options ?? Chains.Options, Random.NextUInt64());
        Nodes.Add(node);
        _byAddress.Add(node.Address, node);
        Tell(node, new GossipInput.Started(
            node.Address, bootstrap.Select(b => b.Address).ToList(), node.Chain.Head.Id, node.Chain.Head.Height, node.Chain.Locator));
        return node;
    }

    public void Tell(TestNode node, GossipInput input)
    {
        var inputs = new Queue<GossipInput>([input]);
        while (inputs.TryDequeue(out GossipInput? next))
        {
            node.Handle(next, Now);
            foreach (Effect effect in node.Effects.Effects.ToArray())
            {
                Carry(node, effect, inputs);
            }

            Wake(node);
        }
    }

    public void Submit(TestNode node, Transaction transaction)
    {
        Assert.True(node.Chain.Add(transaction));
        Tell(node, new GossipInput.TransactionsAdmitted([transaction.Id]));
    }

    /// <summary>Adds blocks to a node's chain, the last of which it announces; a single one is pushed first.</summary>
    public void Mine(TestNode node, IReadOnlyList<Block> blocks)
    {
        if (blocks.Count == 1)
        {
            Tell(node, new GossipInput.BlockMade(blocks[0]));
        }

        BlockHeader before = node.Chain.Head;
        node.Chain.Add(blocks);
        Tell(node, node.Chain.HeadChanged(before));
    }

    /// <summary>Breaks a random connection.</summary>
    public void BreakALink()
    {
        if (_links.Count > 0)
        {
            ((TestNode node, ConnectionId id), (TestNode Node, ConnectionId Id) other) = _links.ElementAt(Random.NextIndex(_links.Count));
            Unlink(node, id);
            Tell(node, new GossipInput.Disconnected(id, "reset"));
            Tell(other.Node, new GossipInput.Disconnected(other.Id, "reset"));
        }
    }

    public void Run(TimeSpan duration)
    {
        Instant until = Now + duration;
        while (_queue.TryPeek(out _, out (Instant Due, ulong) order) && order.Due <= until)
        {
            Action action = _queue.Dequeue();
            Now = order.Due;
            action();
        }

        Now = until;
    }

    /// <summary>Runs until something holds; how long that took, or null where it did not within the limit.</summary>
    public TimeSpan? RunUntil(Func<bool> holds, TimeSpan limit)
    {
        Instant start = Now;
        while (!holds())
        {
            if (Now - start >= limit)
            {
                return null;
            }

            Run(TimeSpan.FromMilliseconds(10));
        }

        return Now - start;
    }

    private void Carry(TestNode node, Effect effect, Queue<GossipInput> inputs)
    {
        switch (effect.Kind)
        {
            case EffectKind.Send: Send(node, effect.Connection, effect.Message); break;
            case EffectKind.Dial: Dial(node, effect.Address); break;
            case EffectKind.Close: Close(node, effect.Connection, effect.Reason); break;
            case EffectKind.SetTimer: node.Timers.Set(effect.Timer, effect.Due); break;
            case EffectKind.CancelTimer: node.Timers.Cancel(effect.Timer); break;
            default:
                var gossipEvent = (GossipEvent)effect.Event;
                node.Note(gossipEvent);
                foreach (GossipInput answer in node.Chain.Answer(gossipEvent))
                {
                    inputs.Enqueue(answer);
                }

                break;
        }
    }

    private void Send(TestNode from, ConnectionId connection, PeerMessage message)
    {
        if (!_links.TryGetValue((from, connection), out (TestNode Node, ConnectionId Id) to))
        {
            return;
        }

        from.Sent++;
        if (Loses(from, to.Node, message))
        {
            return;
        }

        for (int copy = 0; copy < Copies(from); copy++)
        {
            At(Now + Latency, () =>
            {
                if (_links.ContainsKey((to.Node, to.Id)))
                {
                    Delivered++;
                    PeerMessage arriving = Alters(to.Node, message);
                    Watch?.Invoke(to.Node, arriving);
                    Tell(to.Node, new GossipInput.Received(to.Id, arriving));
                }
            });
        }
    }

    private void Dial(TestNode from, PeerAddress address)
    {
        At(Now + Latency + Latency, () =>
        {
            if (!_byAddress.TryGetValue(address, out TestNode? to))
            {
                Tell(from, new GossipInput.DialFailed(address));
                return;
            }

            var near = new ConnectionId(++_connections);
            var far = new ConnectionId(++_connections);
            _links[(from, near)] = (to, far);
            _links[(to, far)] = (from, near);
            Tell(from, new GossipInput.Connected(new PeerConnection(near, to.Id, ConnectionDirection.Outbound, address)));
            if (_links.ContainsKey((to, far)))
            {
                PeerAddress remote = Chains.Address(from.Address.Host, 50_000);
                Tell(to, new GossipInput.Connected(new PeerConnection(far, from.Id, ConnectionDirection.Inbound, remote)));
            }
        });
    }

    private void Close(TestNode from, ConnectionId connection, string reason)
    {
        if (_links.TryGetValue((from, connection), out (TestNode Node, ConnectionId Id) to))
        {
            _links.Remove((from, connection));
            At(Now + Latency, () =>
            {
                if (_links.Remove((to.Node, to.Id)))
                {
                    Tell(to.Node, new GossipInput.Disconnected(to.Id, reason));
                }
            });
        }
    }

    private void Unlink(TestNode node, ConnectionId id)
    {
        if (_links.Remove((node, id), out (TestNode Node, ConnectionId Id) other))
        {
            _links.Remove((other.Node, other.Id));
        }
    }

    /// <summary>Looks at a node's timers when the next one is due; a look that was planned for another time is void.</summary>
    private void Wake(TestNode node)
    {
        if (!node.Timers.TryPeek(out Instant due) || node.WakesAt == due)
        {
            return;
        }

        node.WakesAt = due;
        At(due, () =>
        {
            if (node.WakesAt != due)
            {
                return;
            }

            node.WakesAt = null;
            while (node.Timers.TryTakeDue(Now, out TimerKey key))
            {
                Tell(node, new GossipInput.TimerFired(key));
            }

            Wake(node);
        });
    }

    private void At(Instant due, Action action) => _queue.Enqueue(action, (due > Now ? due : Now, _sequence++));
}
