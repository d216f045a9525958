using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Transport;
using Chain.Core.Wire;

namespace Chain.Core;

/// <summary>
/// A running node: the full node's machine, its loop and its drivers. Several can live in one process. All members
/// may be called from any thread.
/// </summary>
public sealed partial class ChainNode : IAsyncDisposable
{
    private const int InputCapacity = 4096;

    private readonly ChainNodeOptions _options;
    private readonly LoopInbox _inbox = new(InputCapacity);
    private readonly X25519PrivateKey _identity;
    private readonly TcpTransport _transport;
    private readonly FullNode _machine;
    private readonly MachineLoop _loop;
    private readonly InclusionWaiters _waiters;
    private readonly NodeMeters _meters;
    private readonly TransactionTracer? _tracer;
    private readonly ChainFigures _figures = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableArray<Action<NodeEvent>> _observers = [];
    private volatile BlockHeader _head;
    private readonly CancellationTokenSource _stopping = new();
    private int _peers;
    private int _disposed;

    private ChainNode(ChainNodeOptions options)
    {
        _options = options;
        _head = options.Chain.Genesis.Header;
        _identity = new X25519PrivateKey(options.Identity.Span);
        _transport = new TcpTransport(
            _identity,
            _inbox,
            options.Transport with { Prologue = options.Chain.GenesisId.Value.ToArray() },
            options.Time);
        _transport.Bar(options.BarredPeers);
        ListenEndPoint = options.Listen is { } endPoint ? _transport.Listen(endPoint) : null;
        _machine = new FullNode(
            options.Chain,
            new FullNodeOptions
            {
                Self = _transport.LocalPeer,
                Listen = options.Advertise,
                Bootstrap = options.Connect,
                Engine = options.Engine,
                Gossip = options.Gossip,
                Signer = options.Signer,
                SignerIsNew = options.SignerIsNew,
                SigningWitness = options.SigningWitness,
                Randomness = options.Randomness,
                EvidenceFee = options.EvidenceFee,
                StateWindow = options.StateWindow,
                IndexesTransactions = options.IndexesTransactions,
            },
            RecoveredChain.Read(options.Store, options.Chain.Genesis.Header));
        _waiters = new InclusionWaiters(options.Store);
        _meters = new NodeMeters(options.Meters, options.Time);
        _meters.Observe(() => _head, () => PeerCount, () => _inbox.InputCount, () => _transport.Statistics);
        _meters.ObserveChain(_figures, () => Volatile.Read(ref _bestHeader), options.Time);
        _tracer = options.TracedPerMillion == 0 ? null : new TransactionTracer(new TraceSample(options.TracedPerMillion), _transport.LocalPeer, options.Time);
        _loop = new MachineLoop(
            _machine, options.Store, _transport, _inbox, options.JobThreads, options.Time, _meters.Loop, OnEvent, OnFault, _tracer);
    }

    /// <summary>The chain that the node follows.</summary>
    public ChainDefinition Chain => _options.Chain;

    /// <summary>Where the node takes connections, or null where it takes none.</summary>
    public IPEndPoint? ListenEndPoint { get; }

    /// <summary>Who the node is to its peers.</summary>
    public PeerId Peer => _transport.LocalPeer;

    /// <summary>The head.</summary>
    public BlockHeader Head => _head;

    /// <summary>How many peers have said hello.</summary>
    public int PeerCount => Volatile.Read(ref _peers);

    /// <summary>Whether the node signs for consensus, or why not; known once the node has started.</summary>
    public SignerStanding SignerStanding { get; private set; } = SignerStanding.NoKey;

    /// <summary>Ends when the node has stopped; faulted where its disk failed.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>Recovers the chain from the store and starts.</summary>
    /// <exception cref="StorageException">The store cannot be used; the message names the cause and ways out.</exception>
    /// <exception cref="InvalidDataException">The store is corrupt.</exception>
    public static Task<ChainNode> StartAsync(ChainNodeOptions options, CancellationToken cancellation = default) =>
        StartAsync(options, static _ => [], cancellation);

    private static async Task<ChainNode> StartAsync(
        ChainNodeOptions options, Func<ChainNode, IReadOnlyList<DevAccount>> accounts, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.JobThreads, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.TracedPerMillion, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.TracedPerMillion, TraceSample.Whole, nameof(options));
        ChainDefinition chain = options.Chain;
        if (options.Faucet is not null && !DevControls.Has(options))
        {
            throw new ArgumentException("Only a node that makes the blocks of a dev chain has a faucet.", nameof(options));
        }

        StoreIdentity.OpenOrCreate(options.Store, new StoreIdentity(chain.Network, chain.GenesisId, chain.Consensus.Name));
        var node = new ChainNode(options);
        node.DevAccounts = accounts(node);
        node.Dev = DevControls.Has(options) ? new DevControls(node, options.Faucet) : null;
        node._loop.Start();
        await Task.WhenAny(node._ready.Task, node.Stopped).WaitAsync(cancellation).ConfigureAwait(false);
        if (node.Stopped.IsFaulted)
        {
            await node.DisposeAsync().ConfigureAwait(false);
            await node.Stopped.ConfigureAwait(false);
        }

        return node;
    }

    /// <summary>
    /// Has every event of the node handed to <paramref name="observer"/>, on the node's own thread: it must return
    /// at once. Dispose the result to end it.
    /// </summary>
    public IDisposable Subscribe(Action<NodeEvent> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        ImmutableInterlocked.Update(ref _observers, static (all, one) => all.Add(one), observer);
        return new Subscription(this, observer);
    }

    /// <summary>Hands in a transaction; returns when the node has taken it for checking.</summary>
    public async ValueTask SubmitAsync(Transaction transaction, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await _inbox.WriteAsync(new HostInput.Submitted(transaction), cancellation).ConfigureAwait(false);
    }

    /// <summary>Hands in a transaction and waits until a block of the head's chain has it.</summary>
    /// <exception cref="TransactionRefusedException">The mempool refused it; the message says why.</exception>
    public async Task<InclusionReceipt> SubmitAndWaitAsync(Transaction transaction, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        Task<InclusionReceipt> included = _waiters.WaitFor(transaction.Id, cancellation);
        await SubmitAsync(transaction, cancellation).ConfigureAwait(false);
        return await included.ConfigureAwait(false);
    }

    /// <summary>
    /// Has nothing to do with these peers from now on, and with all others again: open connections are cut at once, and new
    /// ones end with the handshake, whoever dials. Not kept over a restart.
    /// </summary>
    /// <param name="peers">Who they are; none lets everybody in again.</param>
    public void BarPeers(IReadOnlyCollection<PeerId> peers) => _transport.Bar(peers);

    /// <summary>
    /// The trace that a transaction has on every node that traces it; the default value where this node does not: see
    /// <see cref="ChainNodeOptions.TracedPerMillion"/>. For callers with spans of their own.
    /// </summary>
    public ActivityContext TraceOf(TransactionId id) =>
        new TraceSample(_options.TracedPerMillion).Holds(id) ? TraceSample.ContextOf(id) : default;

    /// <summary>Gives a command to the consensus engine, for example <c>seal</c> to the Dev engine.</summary>
    public async ValueTask CommandAsync(string command, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        await _inbox.WriteAsync(new HostInput.Commanded(command), cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads the state after the head's block; what <paramref name="query"/> returns must not hold on to the state.</summary>
    public T Query<T>(Func<BlockHeader, ChainState, T> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        BlockHeader head = _head;
        using IKeyValueSnapshot snapshot = _options.Store.CreateSnapshot();
        return query(head, ChainState.Open(snapshot, head.Fields.StateRoot));
    }

    /// <summary>Stops: ends the loop after its current step, closes connections, then the store.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await _transport.DisposeAsync().ConfigureAwait(false);
        _inbox.TryComplete();
        _loop.Dispose();
        _identity.Dispose();
        _meters.Dispose();
        _tracer?.Dispose();
        _options.Store.Dispose();
        _waiters.CancelAll();
        _stopped.TrySetResult();
    }

    private void OnEvent(DomainEvent happened)
    {
        if (happened is not NodeEvent told)
        {
            return;
        }

        _meters.OnEvent(told);
        _tracer?.OnEvent(told);
        switch (told)
        {
            case NodeEvent.Ready ready:
                _head = ready.Head;
                _figures.Update(_machine);
                if (_options.Signer is null)
                {
                    _ready.TrySetResult();
                }

                break;
            case NodeEvent.SignerJudged judged:
                SignerStanding = judged.Standing;
                _ready.TrySetResult();
                break;
            case NodeEvent.TransactionAdmitted:
                _figures.Update(_machine);
                break;
            case NodeEvent.BlockFinalized:
                _figures.Update(_machine);
                _tracer?.OnFinalized(_machine.Tree.Finalized.Height);
                break;
            case NodeEvent.HeadMoved moved:
                _head = moved.Head;
                _waiters.OnApplied(moved.Applied);
                _figures.Update(_machine);
                break;
            case NodeEvent.TransactionRefused refused:
                _waiters.OnRefused(refused.Id, refused.Reason);
                _figures.Update(_machine);
                break;
            case NodeEvent.Peers { Event: Gossip.GossipEvent.SyncProgress progress }:
                Volatile.Write(ref _bestHeader, progress.Headers.Value);
                break;
            case NodeEvent.Peers { Event: Gossip.GossipEvent.PeerReady }:
                Interlocked.Increment(ref _peers);
                break;
            case NodeEvent.Peers { Event: Gossip.GossipEvent.PeerGone }:
                Interlocked.Decrement(ref _peers);
                break;
        }

        foreach (Action<NodeEvent> observer in _observers)
        {
            observer(told);
        }
    }

    private void OnFault(Exception fault)
    {
        _waiters.FailAll(fault);
        _stopped.TrySetException(fault);
        _stopping.Cancel();
    }

    private sealed class Subscription(ChainNode node, Action<NodeEvent> observer) : IDisposable
    {
        public void Dispose() =>
            ImmutableInterlocked.Update(ref node._observers, static (all, one) => all.Remove(one), observer);
    }
}
