using System.Diagnostics.Metrics;
using Chain.Core.Gossip;
using Chain.Core.Protocol;
using Chain.Core.Transport;
using Chain.Core.Wire;

namespace Chain.Core.Node;

/// <summary>The instruments of one node, under three meters named after their areas.</summary>
internal sealed class NodeMeters : IDisposable
{
    private readonly Meter _node;
    private readonly Meter _gossip;
    private readonly Meter _transport;
    private readonly Counter<long> _blocksApplied;
    private readonly Counter<long> _blocksUndone;
    private readonly Counter<long> _transactionsApplied;
    private readonly Counter<long> _transactionsRefused;
    private readonly Histogram<int> _reorganisations;
    private readonly Counter<long> _misbehaviours;

    public NodeMeters(IMeterFactory? factory, TimeProvider time)
    {
        _node = Create(factory, "Chain.Core.Node");
        _gossip = Create(factory, "Chain.Core.Gossip");
        _transport = Create(factory, "Chain.Core.Transport");
        Loop = new LoopMeters(_node, time);
        _blocksApplied = _node.CreateCounter<long>("chain.block.applied", "{block}", "Blocks that joined the head's chain.");
        _blocksUndone = _node.CreateCounter<long>("chain.block.undone", "{block}", "Blocks that left the head's chain.");
        _reorganisations = _node.CreateHistogram<int>("chain.reorganisation.depth", "{block}", "Blocks undone at once.");
        _transactionsApplied = _node.CreateCounter<long>("chain.transaction.applied", "{transaction}", "Transactions in blocks that joined the head's chain.");
        _transactionsRefused = _node.CreateCounter<long>("chain.transaction.refused", "{transaction}", "Transactions that the mempool refused or dropped.");
        _misbehaviours = _gossip.CreateCounter<long>("chain.peer.misbehaviour", "{offence}", "Offences of peers, by cause and consequence.");

        // From the first scrape on, so that a rate of the first minutes is one.
        foreach (Counter<long> counter in (Counter<long>[])[_blocksApplied, _blocksUndone, _transactionsApplied, _transactionsRefused])
        {
            counter.Add(0);
        }
    }

    public LoopMeters Loop { get; }

    /// <summary>Adds what is read when somebody asks.</summary>
    public void Observe(Func<BlockHeader> head, Func<int> peers, Func<int> waitingInputs, Func<TransportStatistics> transport)
    {
        _node.CreateObservableGauge("chain.block.height", () => (long)head().Height.Value, "{block}", "The height of the head.");
        _node.CreateObservableGauge("chain.node.inputs", waitingInputs, "{input}", "Inputs that wait for the loop.");
        _gossip.CreateObservableUpDownCounter("chain.peer.count", peers, "{peer}", "Peers that have said hello.");
        _transport.CreateObservableUpDownCounter(
            "chain.transport.connections", () => transport().Connections, "{connection}", "Connections whose handshake is done.");
        _transport.CreateObservableCounter(
            "chain.transport.refused", () => transport().RefusedConnections, "{connection}", "Connections closed at once because of a limit.");
        _transport.CreateObservableCounter(
            "chain.transport.handshake.failed", () => transport().FailedHandshakes, "{handshake}", "Accepted connections whose handshake failed.");
        _transport.CreateObservableCounter("chain.transport.io", () => ReadBytes(transport()), "By", "Bytes of records on the wire.");
    }

    /// <summary>Adds what the machine noted.</summary>
    public void ObserveChain(ChainFigures figures, Func<ulong> bestHeader, TimeProvider time)
    {
        _node.CreateObservableGauge("chain.block.finalized", () => figures.Finalized, "{block}", "The height of the newest block that can never be undone.");
        _node.CreateObservableGauge(
            "chain.block.best_header", () => (long)bestHeader(), "{block}", "The height of the best header that peers told; 0 before the first.");
        _node.CreateObservableGauge(
            "chain.block.age",
            () => (time.GetUtcNow().ToUnixTimeMilliseconds() - (long)figures.HeadTime.Milliseconds) / 1000.0,
            "s",
            "How long ago the head was made, as its header says.");
        _node.CreateObservableGauge("chain.mempool.transactions", () => figures.WaitingTransactions, "{transaction}", "Transactions that wait in the mempool.");
        _node.CreateObservableGauge("chain.mempool.size", () => figures.WaitingBytes, "By", "Bytes of the transactions that wait in the mempool.");
    }

    public void OnEvent(NodeEvent happened)
    {
        switch (happened)
        {
            case NodeEvent.HeadMoved moved:
                OnHeadMoved(moved);
                break;
            case NodeEvent.TransactionRefused:
                _transactionsRefused.Add(1);
                break;
            case NodeEvent.Peers { Event: GossipEvent.PeerMisbehaved misbehaved }:
                _misbehaviours.Add(
                    1,
                    new KeyValuePair<string, object?>("cause", misbehaved.Cause.ToString()),
                    new KeyValuePair<string, object?>("consequence", misbehaved.Consequence.ToString()));
                break;
        }
    }

    public void Dispose()
    {
        _node.Dispose();
        _gossip.Dispose();
        _transport.Dispose();
    }

    private static Meter Create(IMeterFactory? factory, string name) => factory?.Create(name) ?? new Meter(name);

    private static IEnumerable<Measurement<long>> ReadBytes(TransportStatistics statistics) =>
    [
        new(statistics.BytesReceived, new KeyValuePair<string, object?>("direction", "receive")),
        new(statistics.BytesSent, new KeyValuePair<string, object?>("direction", "transmit")),
    ];

    private void OnHeadMoved(NodeEvent.HeadMoved moved)
    {
        _blocksApplied.Add(moved.Applied.Count);
        if (moved.Unapplied.Count > 0)
        {
            _blocksUndone.Add(moved.Unapplied.Count);
            _reorganisations.Record(moved.Unapplied.Count);
        }

        if (_transactionsApplied.Enabled)
        {
            _transactionsApplied.Add(moved.Applied.Sum(static block => (long)block.Transactions.Count));
        }
    }
}
