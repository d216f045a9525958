using System.Diagnostics;
using Chain.Core.Gossip;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Node;

/// <summary>
/// Writes the spans of traced transactions: how long each stage took on this node, and each message of a peer that carried
/// one. It watches what goes into the machine and what comes out; the machine knows nothing of it. Serves the loop's thread.
/// </summary>
internal sealed class TransactionTracer : IDisposable
{
    private const int MaxTransactions = 4096;
    private const int MaxHops = 128;

    /// <summary>Blocks that were made earlier are those of a node that catches up: nobody waits for them.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    private readonly ActivitySource _node = new("Chain.Core.Node");
    private readonly ActivitySource _gossip = new("Chain.Core.Gossip");
    private readonly TraceSample _sample;
    private readonly KeyValuePair<string, object?> _self;
    private readonly TimeProvider _time;
    private readonly Dictionary<TransactionId, TracedTransaction> _transactions = [];
    private readonly Queue<TransactionId> _oldest = new();
    private readonly Dictionary<ConnectionId, PeerId> _peers = [];
    private readonly List<AppliedBlock> _applied = [];
    private int _transactionsApplied;

    /// <param name="sample">Which transactions are traced.</param>
    /// <param name="self">Who the node is to its peers.</param>
    /// <param name="time">The clock of the spans.</param>
    public TransactionTracer(TraceSample sample, PeerId self, TimeProvider time)
    {
        _sample = sample;
        _self = new KeyValuePair<string, object?>("chain.node", Name(self));
        _time = time;
    }

    private bool IsHeard => _node.HasListeners() || _gossip.HasListeners();

    /// <summary>After the machine took an input, before its effects are carried out.</summary>
    public void OnHandled(HostInput input)
    {
        switch (input)
        {
            case HostInput.Submitted submitted when IsHeard && _sample.Holds(submitted.Transaction.Id):
                Pass(submitted.Transaction.Id, "transaction submit");
                break;
            case HostInput.Received { Message: PeerMessage.Transactions delivered } received when IsHeard && _peers.TryGetValue(received.Connection, out PeerId from):
                foreach (TransactionId id in Traced(delivered.Items))
                {
                    OnReceived(id, from);
                }

                break;
        }
    }

    /// <summary>Before a message is handed to the transport.</summary>
    public void OnSending(ConnectionId connection, PeerMessage message)
    {
        if (message is not (PeerMessage.AnnounceTransactions or PeerMessage.Transactions) || !IsHeard || !_peers.TryGetValue(connection, out PeerId to))
        {
            return;
        }

        (string name, IEnumerable<TransactionId> ids) = message is PeerMessage.AnnounceTransactions announced
            ? ("transaction announce", announced.Ids.Where(_sample.Holds))
            : ("transaction send", Traced(((PeerMessage.Transactions)message).Items));
        foreach (TransactionId id in ids)
        {
            if (_transactions.TryGetValue(id, out TracedTransaction? traced) && traced.Hops++ < MaxHops)
            {
                WriteHop(id, traced.Stage, name, ActivityKind.Producer, to)?.Dispose();
            }
        }
    }

    public void OnEvent(NodeEvent happened)
    {
        switch (happened)
        {
            case NodeEvent.Peers { Event: GossipEvent.PeerReady ready }:
                _peers[ready.Connection.Id] = ready.Connection.Peer;
                break;
            case NodeEvent.Peers { Event: GossipEvent.PeerGone gone }:
                _peers.Remove(gone.Connection.Id);
                break;
            case NodeEvent.TransactionAdmitted admitted when IsHeard && _sample.Holds(admitted.Id):
                Pass(admitted.Id, "transaction admit");
                break;
            case NodeEvent.TransactionRefused refused when IsHeard && _transactions.ContainsKey(refused.Id):
                Pass(refused.Id, "transaction refuse", refusal: refused.Reason);
                break;
            case NodeEvent.BlockStored stored when IsHeard && IsRecent(stored.Block):
                PassAll(stored.Block, "transaction include");
                break;
            case NodeEvent.HeadMoved moved:
                OnHeadMoved(moved);
                break;
        }
    }

    /// <summary>A block and its ancestors can never be undone.</summary>
    public void OnFinalized(BlockHeight height)
    {
        int final = _applied.FindIndex(each => each.Header.Height > height);
        final = final < 0 ? _applied.Count : final;
        foreach (AppliedBlock block in _applied[..final])
        {
            PassAll(block, "transaction finalize");
            _transactionsApplied -= block.Transactions.Count;
        }

        _applied.RemoveRange(0, final);
    }

    public void Dispose()
    {
        _node.Dispose();
        _gossip.Dispose();
    }

    private void OnReceived(TransactionId id, PeerId from)
    {
        bool isKnown = _transactions.TryGetValue(id, out TracedTransaction? traced);
        if (isKnown && traced!.Hops++ >= MaxHops)
        {
            return;
        }

        using Activity? hop = WriteHop(id, traced?.Stage ?? TraceSample.ContextOf(id), "transaction receive", ActivityKind.Consumer, from);
        if (!isKnown && hop is not null)
        {
            Remember(id, hop.Context, _time.GetUtcNow());
        }
    }

    private void OnHeadMoved(NodeEvent.HeadMoved moved)
    {
        foreach (Block undone in moved.Unapplied)
        {
            if (_applied.Count > 0 && _applied[^1].Header.Id == undone.Id)
            {
                AppliedBlock block = _applied[^1];
                PassAll(block, "transaction undo");
                _transactionsApplied -= block.Transactions.Count;
                _applied.RemoveAt(_applied.Count - 1);
            }
        }

        foreach (Block applied in moved.Applied)
        {
            if (IsHeard && IsRecent(applied) && PassAll(applied, "transaction apply") is { Transactions.Count: > 0 } block)
            {
                _applied.Add(block);
                _transactionsApplied += block.Transactions.Count;
            }
        }

        // Where nothing becomes final, or late, the oldest are given up.
        while (_transactionsApplied > MaxTransactions)
        {
            _transactionsApplied -= _applied[0].Transactions.Count;
            _applied.RemoveAt(0);
        }
    }

    private AppliedBlock PassAll(Block block, string name)
    {
        var traced = new AppliedBlock(block.Header, [.. Traced(block.Transactions)]);
        PassAll(traced, name);
        return traced;
    }

    private void PassAll(AppliedBlock block, string name)
    {
        foreach (TransactionId id in block.Transactions)
        {
            Pass(id, name, block.Header);
        }
    }

    /// <summary>Writes the stage that ends now: it began when the one before it ended.</summary>
    private void Pass(TransactionId id, string name, BlockHeader? block = null, string? refusal = null)
    {
        DateTimeOffset now = _time.GetUtcNow();
        TracedTransaction? traced = _transactions.GetValueOrDefault(id);
        DateTimeOffset since = traced is { } before && before.Since < now ? before.Since : now;
        using Activity? span = _node.StartActivity(
            name, ActivityKind.Internal, traced?.Stage ?? TraceSample.ContextOf(id), TagsOf(id), links: null, since);
        if (span is null)
        {
            return;
        }

        if (block is not null)
        {
            span.SetTag("chain.block.height", (long)block.Height.Value).SetTag("chain.block.id", $"0x{block.Id.Value}");
        }

        if (refusal is not null)
        {
            span.SetTag("chain.refusal", refusal).SetStatus(ActivityStatusCode.Error, refusal);
        }

        span.SetEndTime(now.UtcDateTime);
        if (traced is null)
        {
            Remember(id, span.Context, now);
        }
        else
        {
            (traced.Stage, traced.Since) = (span.Context, now);
        }
    }

    private Activity? WriteHop(TransactionId id, ActivityContext stage, string name, ActivityKind kind, PeerId peer)
    {
        DateTimeOffset now = _time.GetUtcNow();
        Activity? span = _gossip.StartActivity(name, kind, stage, TagsOf(id), links: null, now);
        return span?.SetTag("chain.peer", Name(peer)).SetEndTime(now.UtcDateTime);
    }

    private void Remember(TransactionId id, ActivityContext stage, DateTimeOffset since)
    {
        if (_oldest.Count == MaxTransactions)
        {
            _transactions.Remove(_oldest.Dequeue());
        }

        _transactions.Add(id, new TracedTransaction(stage, since));
        _oldest.Enqueue(id);
    }

    private IEnumerable<TransactionId> Traced(IReadOnlyList<Transaction> transactions) =>
        transactions.Select(static transaction => transaction.Id).Where(_sample.Holds);

    private KeyValuePair<string, object?>[] TagsOf(TransactionId id) => [_self, new("chain.transaction.id", $"0x{id.Value}")];

    private static string Name(PeerId peer) => $"0x{peer.PublicKey}";

    private bool IsRecent(Block block) => _time.GetUtcNow().ToUnixTimeMilliseconds() - (long)block.Header.Time.Milliseconds < Recent.TotalMilliseconds;

    /// <summary>A block of the head's chain that is not final yet, with its transactions that are traced; there is at least one.</summary>
    private sealed record AppliedBlock(BlockHeader Header, IReadOnlyList<TransactionId> Transactions);
}
