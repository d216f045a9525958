using System.Text;
using System.Text.Json.Serialization.Metadata;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary><c>tx_v1_*</c>: transactions.</summary>
internal static class TransactionMethods
{
    private const int SubmitCost = 2;
    private const int TrialCost = 20;

    public static IEnumerable<RpcMethod> Of(RpcServices services) =>
        [Submit(services), Get(services.Node), Simulate(services), Estimate(services), Watch(services)];

    private static RpcMethod Submit(RpcServices services) => OfSigned(
        "tx_v1_submit",
        "Hands a signed transaction in and answers when the mempool has taken or refused it.",
        RpcJson.Default.SubmitResult,
        (transaction, cancellation) => services.Desk.SubmitAsync(transaction, services.Options.SubmitPatience, cancellation),
        SubmitCost);

    private static RpcMethod Get(ChainNode node)
    {
        RpcParameter<TransactionId> id = RpcParameter.Required("id", ParameterKinds.TransactionId, "Which transaction.");
        return RpcMethod.Create(
            "tx_v1_get",
            "A transaction of the head's chain with its receipt, or one that waits.",
            [id],
            RpcJson.Default.TransactionStatusResult,
            (_, arguments, cancellation) => FindAsync(node, arguments.Get(id), cancellation));
    }

    private static async ValueTask<RpcResult<TransactionStatusResult>> FindAsync(ChainNode node, TransactionId id, CancellationToken cancellation)
    {
        return await TransactionWhereabouts.FindAsync(node, id, cancellation).ConfigureAwait(false) is { } found
            ? new TransactionStatusResult(
                id, found.Status, Results.Transaction(found.Waiting ?? found.Included!.Transaction), found.Block, found.Included?.Position, Results.Receipt(found.Included?.Receipt))
            : node.Read(static chain => chain.IsIndexed) ? ErrorKinds.TransactionNotFound
            : ErrorKinds.IndexMissing;
    }

    private static RpcMethod Simulate(RpcServices services) => OfSigned(
        "tx_v1_simulate",
        "Checks a signed transaction and executes it on the state of the head; nothing of it stays.",
        RpcJson.Default.SimulateResult,
        (transaction, cancellation) => new TransactionTrial(services).SimulateAsync(transaction, cancellation),
        TrialCost);

    private static RpcMethod Estimate(RpcServices services)
    {
        RpcParameter<byte[]> key = RpcParameter.Required("senderKey", ParameterKinds.Bytes(WireLimits.PublicKeyBytes), "The sender's public key.");
        RpcParameter<string> module = RpcParameter.Required("module", ParameterKinds.Text(WireLimits.NameBytes), "The module to call.");
        RpcParameter<string> method = RpcParameter.Required("method", ParameterKinds.Text(WireLimits.NameBytes), "The method to call.");
        RpcParameter<byte[]> input = RpcParameter.Required("arguments", ParameterKinds.Bytes(WireLimits.ArgumentBytes), "Its canonical arguments.");
        RpcParameter<int> scheme = RpcParameter.Optional(
            "scheme", ParameterKinds.Integer(1, byte.MaxValue), (int)SignatureSchemeTag.Ed25519, "The tag of the signature scheme; 1 is Ed25519.");
        return RpcMethod.Create(
            "tx_v1_estimate",
            "What a call would cost in the next block, tried without a signature on the state of the head; at most a few bytes more than it will.",
            [key, module, method, input, scheme],
            RpcJson.Default.EstimateResult,
            (_, arguments, cancellation) =>
            {
                // The limits of the wire count bytes, those of the parameter characters.
                string[] names = [arguments.Get(module), arguments.Get(method)];
                if (Array.Exists(names, static name => name.Length == 0 || Encoding.UTF8.GetByteCount(name) > WireLimits.NameBytes))
                {
                    return ValueTask.FromResult<RpcResult<EstimateResult>>(
                        new RpcError(ErrorKinds.InvalidParams, $"names of 1 to {WireLimits.NameBytes} bytes"));
                }

                var call = new Call(names[0], names[1], arguments.Get(input));
                return new TransactionTrial(services).EstimateAsync((SignatureSchemeTag)arguments.Get(scheme), arguments.Get(key), call, cancellation);
            },
            cost: TrialCost);
    }

    private static RpcMethod Watch(RpcServices services)
    {
        RpcParameter<TransactionId> id = RpcParameter.Required("id", ParameterKinds.TransactionId, "Which transaction.");
        return RpcMethod.Create(
            "tx_v1_watch",
            "Tells where a transaction is whenever that changes, as notifications tx_v1_event: pending, inBlock, reorged, finalized, refused. Ends with the last two.",
            [id],
            RpcJson.Default.SubscriptionResult,
            (caller, arguments, _) => ValueTask.FromResult(StartWatching(services, caller, arguments.Get(id))),
            needsSession: true);
    }

    private static RpcResult<SubscriptionResult> StartWatching(RpcServices services, RpcCaller caller, TransactionId id)
    {
        if (!services.Node.Read(static chain => chain.IsIndexed))
        {
            return ErrorKinds.IndexMissing;
        }

        return caller.Session!.TryStart(new TransactionWatch(services, id), out string name)
            ? new SubscriptionResult(name)
            : new RpcError(ErrorKinds.TooManySubscriptions, $"at most {services.Options.MaxSubscriptionsPerConnection}");
    }

    /// <summary>A method whose one parameter is a signed transaction.</summary>
    private static RpcMethod OfSigned<T>(
        string name, string summary, JsonTypeInfo<T> result, Func<Transaction, CancellationToken, ValueTask<RpcResult<T>>> serve, int cost)
        where T : class
    {
        RpcParameter<byte[]> bytes = RpcParameter.Required(
            "transaction", ParameterKinds.Bytes(WireLimits.TransactionBytes), "The canonical bytes of the signed transaction.");
        return RpcMethod.Create(
            name,
            summary,
            [bytes],
            result,
            (_, arguments, cancellation) => WireValue.TryDecode(arguments.Get(bytes), out Transaction? transaction, out WireError error)
                ? serve(transaction, cancellation)
                : ValueTask.FromResult<RpcResult<T>>(new RpcError(ErrorKinds.MalformedTransaction, null, error.ToString())),
            cost: cost);
    }
}
