using System.Runtime.CompilerServices;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>Calls the RPC server of a node. All members may be called from any thread.</summary>
/// <remarks>
/// Every call throws <see cref="RpcException"/> where the server refuses it, <see cref="RpcProtocolException"/> where the answer
/// is none, <see cref="HttpRequestException"/> where the server cannot be reached, and <see cref="TimeoutException"/> where it is
/// too slow. What a server says is believed: see <see cref="ProofReader"/> for what is checked instead.
/// </remarks>
public sealed class RpcClient : IDisposable
{
    private readonly Uri _url;
    private readonly RpcClientOptions _options;
    private readonly RpcTransport _transport;

    /// <summary>A client of one server; nothing is sent yet.</summary>
    /// <param name="url">Where the server is, such as <c>http://127.0.0.1:8645</c>.</param>
    /// <param name="options">How to call; the defaults where null.</param>
    /// <param name="handler">Sends requests; stays the caller's. One of its own where null.</param>
    /// <exception cref="ArgumentException">The address is not of HTTP, or an option is out of its range.</exception>
    public RpcClient(Uri url, RpcClientOptions? options = null, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException($"Expected an address such as http://127.0.0.1:8645, found {url}.", nameof(url));
        }

        _url = url;
        _options = options ?? new RpcClientOptions();
        _options.Validate();
        _transport = new RpcTransport(url, _options, handler);
    }

    /// <summary>The node and its chain.</summary>
    public Task<NodeStatusView> GetStatusAsync(CancellationToken cancellation = default) =>
        _transport.CallAsync("node_v1_status", null, ClientJson.Default.NodeStatusView, cancellation);

    /// <summary>What the chain's modules declare: their calls, events and state, and what the bytes of these hold.</summary>
    /// <remarks>The server's word: a call that is made by it means what the server says, not what somebody else may have written.</remarks>
    public async Task<IReadOnlyList<ModuleDescription>> GetModulesAsync(CancellationToken cancellation = default) =>
        (await _transport.CallAsync("node_v1_modules", null, ClientJson.Default.ModulesBody, cancellation).ConfigureAwait(false)).Whole();

    /// <summary>The head.</summary>
    public Task<BlockPlace> GetHeadAsync(CancellationToken cancellation = default) =>
        _transport.CallAsync("chain_v1_head", null, ClientJson.Default.BlockPlace, cancellation);

    /// <summary>The newest block that can never be undone; genesis where the engine makes none final.</summary>
    public Task<BlockPlace> GetFinalizedAsync(CancellationToken cancellation = default) =>
        _transport.CallAsync("chain_v1_finalized", null, ClientJson.Default.BlockPlace, cancellation);

    /// <summary>A header, decoded here: its id is the hash of its bytes, whatever the server says.</summary>
    public async Task<BlockHeader> GetHeaderAsync(BlockQuery block = default, CancellationToken cancellation = default)
    {
        HeaderView view = await _transport
            .CallAsync("chain_v1_getHeader", new RpcParameters().Add(block), ClientJson.Default.HeaderView, cancellation).ConfigureAwait(false);
        return WireValue.TryDecode(view.Encoded, out BlockHeader? header, out WireError error) && header.Id == view.Id
            ? header
            : throw new RpcProtocolException($"The server sent no header of {view.Id}: {error}.");
    }

    /// <summary>A block.</summary>
    /// <param name="block">Which.</param>
    /// <param name="isFull">Whether its transactions are wanted whole, with their receipts; only their ids otherwise.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<BlockView> GetBlockAsync(BlockQuery block = default, bool isFull = false, CancellationToken cancellation = default) => _transport.CallAsync(
        "chain_v1_getBlock", new RpcParameters().Add(block).Add(isFull ? "full" : "ids"), ClientJson.Default.BlockView, cancellation);

    /// <summary>What an account has in the chain's own coin, in the smallest unit.</summary>
    /// <exception cref="RpcException">CC4026: the chain has no coin of its own.</exception>
    public async Task<ulong> GetBalanceAsync(AccountAddress account, BlockQuery block = default, CancellationToken cancellation = default)
    {
        AccountView view = await GetAccountAsync(account, block, cancellation).ConfigureAwait(false);
        return view.Balance ?? throw new RpcException("The chain has no coin of its own (CC4026)");
    }

    /// <summary>The next nonce and the balance of an account.</summary>
    public Task<AccountView> GetAccountAsync(AccountAddress account, BlockQuery block = default, CancellationToken cancellation = default) =>
        _transport.CallAsync(
            "state_v1_getAccount", new RpcParameters().Add(account.Value).Add(block), ClientJson.Default.AccountView, cancellation);

    /// <summary>The value of a key of a module.</summary>
    public Task<StateValueView> GetStateAsync(
        string module, ReadOnlyMemory<byte> key, BlockQuery block = default, CancellationToken cancellation = default) => _transport.CallAsync(
            "state_v1_get", new RpcParameters().Add(module).Add(key).Add(block), ClientJson.Default.StateValueView, cancellation);

    /// <summary>The value of a key of a module, with a proof that is not checked yet: see <see cref="ProofReader"/>.</summary>
    public Task<StateProofView> GetStateWithProofAsync(
        string module, ReadOnlyMemory<byte> key, BlockQuery block = default, CancellationToken cancellation = default) => _transport.CallAsync(
            "state_v1_getWithProof", new RpcParameters().Add(module).Add(key).Add(block), ClientJson.Default.StateProofView, cancellation);

    /// <summary>A transaction of the head's chain, or one that waits.</summary>
    /// <exception cref="RpcException">CC4021: it is in neither; CC4024: the node keeps no index.</exception>
    public Task<TransactionStatusView> GetTransactionAsync(TransactionId id, CancellationToken cancellation = default) =>
        _transport.CallAsync("tx_v1_get", new RpcParameters().Add(id.Value), ClientJson.Default.TransactionStatusView, cancellation);

    /// <summary>Hands a signed transaction in; returns when the mempool has taken it.</summary>
    /// <exception cref="RpcException">The mempool refused it: the code says why, CC4111 that it was sent before.</exception>
    public async Task<TransactionId> SubmitAsync(Transaction transaction, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        SubmitView taken = await _transport
            .CallAsync("tx_v1_submit", new RpcParameters().Add(transaction.Encoded), ClientJson.Default.SubmitView, cancellation).ConfigureAwait(false);
        return taken.Id == transaction.Id ? taken.Id : throw new RpcProtocolException($"The server took {taken.Id} for {transaction.Id}.");
    }

    /// <summary>Checks a signed transaction and executes it on the state of the head; nothing of it stays.</summary>
    public Task<SimulationView> SimulateAsync(Transaction transaction, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return _transport.CallAsync("tx_v1_simulate", new RpcParameters().Add(transaction.Encoded), ClientJson.Default.SimulationView, cancellation);
    }

    /// <summary>What a call of a sender would cost in the next block.</summary>
    public Task<EstimateView> EstimateAsync(
        SignatureSchemeTag scheme, ReadOnlyMemory<byte> senderKey, Call call, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        RpcParameters parameters = new RpcParameters().Add(senderKey).Add(call.Module).Add(call.Method).Add(call.Arguments).Add((int)scheme);
        return _transport.CallAsync("tx_v1_estimate", parameters, ClientJson.Default.EstimateView, cancellation);
    }

    /// <summary>Hands a signed transaction in and tells where it is, until it is final or refused.</summary>
    /// <remarks>
    /// Goes on through broken connections. Engines that make no block final leave it at <see cref="TransactionStage.InBlock"/>:
    /// the caller decides when to end. Needs a node that indexes transactions.
    /// </remarks>
    /// <exception cref="RpcException">The mempool refused it at once, or the node keeps no index (CC4024).</exception>
    public async IAsyncEnumerable<TransactionProgress> SubmitAndWatchAsync(
        Transaction transaction, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await SubmitOnceAsync(transaction, cancellation).ConfigureAwait(false);
        bool isFirst = true;
        await foreach (TransactionProgress progress in WatchAsync(transaction.Id, cancellation).ConfigureAwait(false))
        {
            if (isFirst && progress.Stage is TransactionStage.InBlock)
            {
                // A block had it before the first look: readers meet the stages in their order all the same.
                yield return new TransactionProgress(transaction.Id, TransactionStage.Pending, null, null, null, null);
            }

            isFirst = false;
            yield return progress;
        }
    }

    /// <summary>Hands a signed transaction in and waits until a block of the head's chain has it.</summary>
    /// <exception cref="RpcException">The mempool refused or dropped it.</exception>
    public async Task<TransactionProgress> SubmitAndWaitAsync(Transaction transaction, CancellationToken cancellation = default)
    {
        await foreach (TransactionProgress progress in SubmitAndWatchAsync(transaction, cancellation).ConfigureAwait(false))
        {
            if (progress.Stage is TransactionStage.InBlock or TransactionStage.Finalized)
            {
                return progress;
            }

            if (progress.Stage == TransactionStage.Refused)
            {
                throw new RpcException($"Transaction refused: {progress.Reason} ({progress.Code})");
            }
        }

        throw new RpcProtocolException("The server told no end.");
    }

    /// <summary>Tells where a transaction is, whenever that changes, until it is final or refused.</summary>
    public IAsyncEnumerable<TransactionProgress> WatchAsync(TransactionId id, CancellationToken cancellation = default) =>
        new TransactionWatcher(_url, _options).WatchAsync(id, cancellation);

    /// <summary>Every later event of the chain, once; goes on after the last one wherever the connection breaks.</summary>
    /// <param name="after">A cursor of an earlier event, <c>latest</c>, or <c>genesis</c> for every block.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RpcException">CC4025: the cursor is of another chain.</exception>
    public IAsyncEnumerable<ChainEvent> FollowAsync(string after = "latest", CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(after);
        return new EventFollower(_transport, _options).FollowAsync(after, cancellation);
    }

    /// <summary>How full the mempool is.</summary>
    public Task<MempoolView> GetMempoolAsync(CancellationToken cancellation = default) =>
        _transport.CallAsync("mempool_v1_status", null, ClientJson.Default.MempoolView, cancellation);

    /// <summary>The peers of the node.</summary>
    public Task<PeersView> GetPeersAsync(CancellationToken cancellation = default) =>
        _transport.CallAsync("peers_v1_list", null, ClientJson.Default.PeersView, cancellation);

    /// <summary>
    /// Has the node cut its connections with these peers and refuse new ones, until the next call or its restart. On the
    /// listener for administration alone: see <see cref="RpcClientOptions.BearerToken"/>.
    /// </summary>
    /// <param name="peers">Their public keys; none lets everybody in again.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task SetBarredPeersAsync(IReadOnlyCollection<Hash256> peers, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(peers);
        return _transport.CallAsync("peers_v1_setBarred", new RpcParameters().Add(peers), ClientJson.Default.AcceptedBody, cancellation);
    }

    /// <summary>The validators that vote on a block.</summary>
    /// <exception cref="RpcException">CC4026: the engine has no validators.</exception>
    public Task<ValidatorsView> GetValidatorsAsync(BlockQuery block = default, CancellationToken cancellation = default) =>
        _transport.CallAsync("validators_v1_list", new RpcParameters().Add(block), ClientJson.Default.ValidatorsView, cancellation);

    /// <summary>A final block with what is said to prove it, for a light client to check.</summary>
    public Task<LightBlockView> GetLightBlockAsync(BlockQuery block, CancellationToken cancellation = default) =>
        _transport.CallAsync("chain_v1_getLightBlock", new RpcParameters().Add(block), ClientJson.Default.LightBlockView, cancellation);

    /// <summary>Closes what is open.</summary>
    public void Dispose() => _transport.Dispose();

    /// <summary>To send the same again is no mistake: the first answer may have been lost.</summary>
    private async Task SubmitOnceAsync(Transaction transaction, CancellationToken cancellation)
    {
        try
        {
            await SubmitAsync(transaction, cancellation).ConfigureAwait(false);
        }
        catch (RpcException refused) when (refused.Code == "CC4111")
        {
            // It waits, or is in a block.
        }
    }
}
