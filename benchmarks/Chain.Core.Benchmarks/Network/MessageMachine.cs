using System.Diagnostics.CodeAnalysis;
using Chain.Core.Gossip;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>
/// The least that a host of gossip does: what comes is taken once its signature is found right, by one job at a time
/// for all that came meanwhile, and is then kept and handed on. No mempool, no state, no chain.
/// </summary>
/// <param name="self">Who this node is.</param>
/// <param name="options">The chain and the limits of gossip.</param>
/// <param name="bootstrap">Peers to dial.</param>
/// <param name="delivered">Told how many messages a step delivered.</param>
/// <param name="ready">Told of each peer that is ready.</param>
internal sealed class MessageMachine(
    PeerId self, GossipOptions options, IReadOnlyList<PeerAddress> bootstrap, Action<int> delivered, Action ready)
    : IMachine<HostInput>, IChainView
{
    /// <summary>Messages that peers can still ask for.</summary>
    private const int Kept = 16_384;

    /// <summary>As many as the mempool of a full node has checked by one job.</summary>
    private static readonly int CheckedAtOnce = new MempoolOptions().AdmissionBatch;

    private readonly Dictionary<TransactionId, Transaction> _messages = [];
    private readonly Queue<TransactionId> _order = new();
    private readonly HashSet<TransactionId> _unchecked = [];
    private readonly MessageEffects _effects = new();
    private readonly List<Transaction> _waiting = [];
    private GossipMachine? _gossip;
    private bool _isChecking;
    private ulong _jobs;

    /// <inheritdoc/>
    /// <remarks>None: there are no blocks to put together from them.</remarks>
    public IEnumerable<Transaction> WaitingTransactions => [];

    public void Handle(in HostInput input, in StepContext context, IEffects effects)
    {
        _effects.Host = effects;
        switch (input)
        {
            case HostInput.Submitted submitted: Check([submitted.Transaction]); break;
            case HostInput.JobFinished finished: OnChecked((CheckedMessages)finished.Result, in context); break;
            default: ToGossip(Translate(input), in context); break;
        }

        while (_effects.Events.TryDequeue(out GossipEvent? happened))
        {
            switch (happened)
            {
                case GossipEvent.TransactionsReceived received: Check(received.Transactions); break;
                case GossipEvent.PeerReady: ready(); break;
                case GossipEvent.PeerGone or GossipEvent.PeerMisbehaved: throw new InvalidOperationException(happened.ToString());
            }
        }

        if (!_isChecking && _waiting.Count > 0)
        {
            _isChecking = true;
            int count = int.Min(_waiting.Count, CheckedAtOnce);
            effects.Offload(new JobId(_jobs++), new CheckMessagesJob(options.Genesis, _waiting[..count]));
            _waiting.RemoveRange(0, count);
        }
    }

    public IReadOnlyList<BlockHeader> HeadersAfter(IReadOnlyList<BlockId> locator, int max) => [];

    public bool KnowsHeader(BlockId id) => id == options.Genesis;

    public bool HasBlock(BlockId id) => false;

    public bool KnowsTransaction(TransactionId id) => _messages.ContainsKey(id) || _unchecked.Contains(id);

    public bool TryGetTransaction(TransactionId id, [NotNullWhen(true)] out Transaction? transaction) =>
        _messages.TryGetValue(id, out transaction);

    private void Check(IReadOnlyList<Transaction> messages)
    {
        foreach (Transaction message in messages)
        {
            if (!_messages.ContainsKey(message.Id) && _unchecked.Add(message.Id))
            {
                _waiting.Add(message);
            }
        }
    }

    private void OnChecked(CheckedMessages result, in StepContext context)
    {
        _isChecking = false;
        var taken = new List<TransactionId>(result.Messages.Count);
        for (int i = 0; i < result.Messages.Count; i++)
        {
            Transaction message = result.Messages[i];
            _unchecked.Remove(message.Id);
            if (!result.Verdicts[i])
            {
                throw new InvalidOperationException("A signature was found wrong.");
            }

            Keep(message);
            taken.Add(message.Id);
        }

        ToGossip(new GossipInput.TransactionsAdmitted(taken), in context);
        delivered(taken.Count);
    }

    private void Keep(Transaction message)
    {
        _messages.Add(message.Id, message.Detach());
        _order.Enqueue(message.Id);
        if (_order.Count > Kept)
        {
            _messages.Remove(_order.Dequeue());
        }
    }

    private void ToGossip(GossipInput input, in StepContext context)
    {
        _gossip ??= new GossipMachine(self, options, this);
        _gossip.Handle(in input, in context, _effects);
    }

    private GossipInput Translate(HostInput input) => input switch
    {
        HostInput.Started => new GossipInput.Started(null, bootstrap, options.Genesis, BlockHeight.Genesis, [options.Genesis]),
        HostInput.TimerFired fired => new GossipInput.TimerFired(fired.Key),
        HostInput.Connected connected => new GossipInput.Connected(connected.Connection),
        HostInput.DialFailed failed => new GossipInput.DialFailed(failed.Address),
        HostInput.Disconnected gone => new GossipInput.Disconnected(gone.Connection, gone.Reason),
        HostInput.Received received => new GossipInput.Received(received.Connection, received.Message),
        HostInput.Congested congested => new GossipInput.Congested(congested.Connection),
        HostInput.Drained drained => new GossipInput.Drained(drained.Connection),
        _ => throw new ArgumentException(input.GetType().Name, nameof(input)),
    };
}
