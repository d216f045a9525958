using Chain.Core.Ledger;

namespace Chain.Core.Rpc;

/// <summary>Every error code of the RPC server. A code keeps its meaning for ever; what is no longer used is not given out again.</summary>
internal static class ErrorKinds
{
    private const int InvalidRequestNumber = -32600;

    private const int RefusedNumber = -32030;

    public static readonly ErrorKind Parse = new(
        -32700, "CC4001", "Parse error", "Send one JSON value in UTF-8, without a byte order mark, comments or trailing bytes.");

    public static readonly ErrorKind InvalidRequest = new(
        InvalidRequestNumber, "CC4002", "Invalid Request", "Send {\"jsonrpc\":\"2.0\",\"id\":…,\"method\":…,\"params\":…}.");

    public static readonly ErrorKind MethodNotFound = new(
        -32601, "CC4003", "Method not found", "Call rpc_methods for the names of all methods.");

    public static readonly ErrorKind InvalidParams = new(
        -32602, "CC4004", "Invalid params", "Call rpc.discover for the parameters of every method.");

    public static readonly ErrorKind Internal = new(
        -32603, "CC4005", "Internal error", "The fault is the server's; its log has the cause.");

    public static readonly ErrorKind EmptyBatch = new(
        InvalidRequestNumber, "CC4006", "Invalid Request", "A batch holds at least one request.");

    public static readonly ErrorKind BatchTooLarge = new(
        InvalidRequestNumber, "CC4007", "Invalid Request", "Split the batch.");

    public static readonly ErrorKind RequestTooLarge = new(
        -32000, "CC4010", "Request too large", "Send less at once.");

    public static readonly ErrorKind RateLimited = new(
        -32001, "CC4011", "Too many requests", "Wait, and send fewer requests a second.");

    public static readonly ErrorKind ResponseTooLarge = new(
        -32002, "CC4012", "Response too large", "Ask for less in one batch.");

    public static readonly ErrorKind Busy = new(
        -32003, "CC4013", "The server is busy", "Try again later.");

    public static readonly ErrorKind NeedsWebSocket = new(
        -32004, "CC4014", "Only over a WebSocket", "Connect to the same address with a WebSocket, or read GET /v1/events.");

    public static readonly ErrorKind Unauthorized = new(
        -32005, "CC4015", "Unauthorized", "Send 'Authorization: Bearer <the content of the token file>'.");

    public static readonly ErrorKind Forbidden = new(
        -32006, "CC4016", "Forbidden", "Name the page's origin in AllowedOrigins, or the host in AllowedHosts.");

    public static readonly ErrorKind TooManySubscriptions = new(
        -32007, "CC4017", "Too many subscriptions", "End one first.");

    public static readonly ErrorKind SubscriptionNotFound = new(
        -32008, "CC4018", "No such subscription", "Subscriptions belong to the connection that made them.");

    public static readonly ErrorKind BlockNotFound = new(
        -32010, "CC4020", "No such block", "The block is above the head or unknown to this node.");

    public static readonly ErrorKind TransactionNotFound = new(
        -32011, "CC4021", "No such transaction", "It is in no block of the chain and does not wait in the mempool.");

    public static readonly ErrorKind StateUnavailable = new(
        -32012, "CC4022", "State not kept", "Ask about a newer block, or a node that keeps older states.");

    public static readonly ErrorKind ModuleNotFound = new(
        -32013, "CC4023", "No such module", "Call node_v1_status for the modules of this chain.");

    public static readonly ErrorKind IndexMissing = new(
        -32014, "CC4024", "No index of transactions", "Start the node with IndexesTransactions.");

    public static readonly ErrorKind CursorUnknown = new(
        -32015, "CC4025", "Unknown cursor", "Start again from 'latest' or 'genesis'.");

    public static readonly ErrorKind NotSupported = new(
        -32016, "CC4026", "Not supported by this chain", "Call node_v1_status for what the chain has.");

    public static readonly ErrorKind NoVerdict = new(
        -32017, "CC4027", "No verdict in time", "The transaction may still be taken: ask tx_v1_get.");

    public static readonly ErrorKind NodeStopped = new(
        -32018, "CC4028", "The node has stopped", "See the log of the node.");

    public static readonly ErrorKind MalformedTransaction = new(
        -32020, "CC4030", "Not a transaction", "Send the canonical bytes of a signed transaction.");

    public static readonly ErrorKind SnapshotNotFound = new(
        -32040, "CC4040", "No such snapshot", "Take one with dev_v1_snapshot; those of blocks that were undone are gone.");

    public static readonly ErrorKind CannotRevert = new(
        -32041, "CC4041", "The chain cannot go back", "'actual' says why: only a node without peers goes back, and to a block whose state is kept.");

    public static readonly ErrorKind TimeOutOfRange = new(
        -32042, "CC4042", "Not a time for the next block", "Time moves on: give one after the head's, before the year 10000.");

    public static readonly ErrorKind FaucetRefused = new(
        -32043, "CC4043", "The faucet gives nothing", "'actual' says why; send from an account with coins.");

    private static readonly ErrorKind[] Refusals =
    [
        Refusal(TransactionRefusal.TooLarge, "CC4101", "Larger than the chain allows."),
        Refusal(TransactionRefusal.UnknownScheme, "CC4102", "The chain does not take this signature scheme."),
        Refusal(TransactionRefusal.BadSignature, "CC4103", "Sign for the genesis of this chain with the sender's key."),
        Refusal(TransactionRefusal.Expired, "CC4104", "Sign again with a later validUntil."),
        Refusal(TransactionRefusal.FeeTooLow, "CC4105", "Offer a higher fee: see tx_v1_estimate."),
        Refusal(TransactionRefusal.FeeUnaffordable, "CC4106", "The sender cannot pay the fee."),
        Refusal(TransactionRefusal.NonceUsed, "CC4107", "A transaction with this nonce was applied: see state_v1_getAccount."),
        Refusal(TransactionRefusal.NonceGap, "CC4108", "Send the transactions with the nonces before it first."),
        Refusal(TransactionRefusal.BadCall, "CC4109", "No module of this chain takes this call."),
        Refusal(TransactionRefusal.BlockFull, "CC4110", "It does not fit a block."),
        Refusal(TransactionRefusal.Duplicate, "CC4111", "It was sent before: watch it with tx_v1_watch."),
        Refusal(TransactionRefusal.PoolFull, "CC4112", "The mempool is full: offer a higher fee, or try again later."),
        Refusal(TransactionRefusal.SenderFull, "CC4113", "Too many transactions of this sender wait."),
        Refusal(TransactionRefusal.ReplacementTooCheap, "CC4114", "To replace a transaction that waits, offer a clearly higher fee."),
    ];

    private static readonly ErrorKind OtherRefusal = new(
        RefusedNumber, "CC4100", "Transaction refused", "The mempool says why in 'actual'.");

    /// <summary>All of them, in the order of their codes; for the OpenRPC document and the documentation.</summary>
    public static IReadOnlyList<ErrorKind> All { get; } =
    [
        Parse, InvalidRequest, MethodNotFound, InvalidParams, Internal, EmptyBatch, BatchTooLarge, RequestTooLarge, RateLimited,
        ResponseTooLarge, Busy, NeedsWebSocket, Unauthorized, Forbidden, TooManySubscriptions, SubscriptionNotFound, BlockNotFound,
        TransactionNotFound, StateUnavailable, ModuleNotFound, IndexMissing, CursorUnknown, NotSupported, NoVerdict, NodeStopped,
        MalformedTransaction, SnapshotNotFound, CannotRevert, TimeOutOfRange, FaucetRefused, OtherRefusal, .. Refusals,
    ];

    /// <summary>What the mempool, or the block that was tried, refused a transaction for.</summary>
    public static ErrorKind OfRefusal(TransactionRefusal refusal)
    {
        int place = (int)refusal - 1;
        return place >= 0 && place < Refusals.Length ? Refusals[place] : OtherRefusal;
    }

    /// <summary>The same for the name of a refusal, or of why a transaction was dropped later.</summary>
    public static ErrorKind OfRefusal(string reason) =>
        Enum.TryParse(reason, out TransactionRefusal refusal) ? OfRefusal(refusal) : OtherRefusal;

    private static ErrorKind Refusal(TransactionRefusal refusal, string code, string hint) =>
        new(RefusedNumber, code, $"Transaction refused: {refusal}", hint);
}
