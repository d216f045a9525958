using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>
/// Signs transactions with one key for one chain. Needs no connection: what it must know of the chain can be set by hand,
/// or asked for with <see cref="RefreshAsync"/>. Any thread may sign.
/// </summary>
public sealed class Wallet
{
    private const ulong DefaultLifetime = 1_000;

    private readonly ISigner _signer;
    private readonly Lock _gate = new();
    private ulong _nextNonce;
    private ulong _fee;
    private BlockHeight _validUntil;

    /// <summary>A wallet of one key.</summary>
    /// <param name="signer">Signs; the key may live elsewhere, and never leaves it.</param>
    /// <param name="genesis">The chain: a transaction of one chain is worth nothing on another.</param>
    /// <param name="nextNonce">How many transactions of the account were applied or are on their way.</param>
    /// <param name="fee">What each transaction offers, in the smallest unit.</param>
    /// <param name="validUntil">The last height at which transactions may be in a block; the greatest by default, so that they never expire.</param>
    public Wallet(ISigner signer, BlockId genesis, ulong nextNonce = 0, ulong fee = 0, BlockHeight? validUntil = null)
    {
        ArgumentNullException.ThrowIfNull(signer);
        _signer = signer;
        Genesis = genesis;
        Address = AccountAddress.FromKey(signer.Scheme, signer.PublicKey.Span);
        _nextNonce = nextNonce;
        _fee = fee;
        _validUntil = validUntil ?? new BlockHeight(ulong.MaxValue);
    }

    /// <summary>The account.</summary>
    public AccountAddress Address { get; }

    /// <summary>The chain that it signs for.</summary>
    public BlockId Genesis { get; }

    /// <summary>The nonce of the next transaction.</summary>
    public ulong NextNonce
    {
        get
        {
            lock (_gate)
            {
                return _nextNonce;
            }
        }
    }

    /// <summary>Signs a call as the account's next transaction.</summary>
    /// <exception cref="ArgumentException">The call does not fit <see cref="WireLimits"/>.</exception>
    public Transaction Sign(Call call)
    {
        ArgumentNullException.ThrowIfNull(call);
        lock (_gate)
        {
            Transaction signed = Sign(new TransactionTerms(_nextNonce, _fee, _validUntil, call));
            _nextNonce = checked(_nextNonce + 1);
            return signed;
        }
    }

    /// <summary>Signs terms as they are; the wallet's own nonce stays.</summary>
    /// <exception cref="ArgumentException">They do not fit <see cref="WireLimits"/>.</exception>
    public Transaction Sign(TransactionTerms terms) => Transaction.Sign(in terms, Genesis, _signer);

    /// <summary>Asks a server for the account's next nonce, and lets transactions live for a while from the head on.</summary>
    /// <param name="client">The server. It learns the address, and that the account is about to be used.</param>
    /// <param name="lifetime">For how many blocks a transaction may wait.</param>
    /// <param name="fee">What each transaction offers from now on; as before where null.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <remarks>Transactions that are on their way are not counted by the server: do not refresh while some are.</remarks>
    /// <exception cref="RpcException">The server refused.</exception>
    /// <exception cref="InvalidOperationException">The server follows another chain.</exception>
    public async Task RefreshAsync(RpcClient client, ulong lifetime = DefaultLifetime, ulong? fee = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        NodeStatusView status = await client.GetStatusAsync(cancellation).ConfigureAwait(false);
        if (status.Genesis != Genesis)
        {
            throw new InvalidOperationException($"The wallet is for the chain {Genesis}, the server follows {status.Genesis}.");
        }

        AccountView account = await client.GetAccountAsync(Address, BlockQuery.Head, cancellation).ConfigureAwait(false);
        lock (_gate)
        {
            _nextNonce = account.NextNonce;
            _fee = fee ?? _fee;
            _validUntil = new BlockHeight(ulong.MaxValue - lifetime < account.Block.Height.Value ? ulong.MaxValue : account.Block.Height.Value + lifetime);
        }
    }
}
