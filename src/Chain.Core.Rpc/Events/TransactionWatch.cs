using System.Runtime.CompilerServices;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>Tells where one transaction is, whenever that changes. Looks anew after each event, so that nothing it tells is stale.</summary>
internal sealed class TransactionWatch(RpcServices services, TransactionId id) : INotificationFeed
{
    public string Method => "tx_v1_event";

    public async IAsyncEnumerable<RpcReply> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        WatchedTransaction watched = services.Desk.Watch(id);
        try
        {
            TransactionEventResult? last = null;
            while (last is not { Status: "finalized" or "refused" })
            {
                Task changed = Task.WhenAny(services.Events.Changed, watched.Changed);
                TransactionEventResult? now = await LookAsync(watched, cancellation).ConfigureAwait(false);
                if (last is { Status: "inBlock", Block: not null } && now?.Block != last.Block)
                {
                    last = last with { Status = "reorged", Receipt = null };
                    yield return Notify(last);
                }

                if (now is { Status: "finalized" } && now.Block != last?.Block)
                {
                    // An engine may make a block final at once: readers meet the stages in their order all the same.
                    last = now with { Status = "inBlock" };
                    yield return Notify(last);
                }

                if (now is not null && (now.Status != last?.Status || now.Block != last.Block))
                {
                    last = now;
                    yield return Notify(now);
                }
                else
                {
                    await changed.WaitAsync(cancellation).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            services.Desk.Unwatch(watched);
        }
    }

    private static RpcReply Notify(TransactionEventResult happened) => new(happened, RpcJson.Default.TransactionEventResult, null);

    private async ValueTask<TransactionEventResult?> LookAsync(WatchedTransaction watched, CancellationToken cancellation)
    {
        if (services.Node.Read(FindOnChain) is { } included)
        {
            return included;
        }

        if (await services.Node.FindPendingAsync(id, cancellation).ConfigureAwait(false) is not null)
        {
            return new TransactionEventResult(id, "pending", null, null, null, null);
        }

        // It may have moved from the mempool into a block between the two looks.
        return services.Node.Read(FindOnChain) is { } late ? late
            : watched.Refusal is { } refusal && refusal != nameof(Ledger.TransactionRefusal.Duplicate)
                ? new TransactionEventResult(id, "refused", null, null, ErrorKinds.OfRefusal(refusal).Code, refusal)
                : null;
    }

    private TransactionEventResult? FindOnChain(ChainSnapshot chain) =>
        chain.FindTransaction(id) is not { } found ? null : new TransactionEventResult(
            id,
            found.Height <= chain.Finalized.Height ? "finalized" : "inBlock",
            new BlockPlace(found.Height, found.Block),
            Results.Receipt(found.Receipt),
            null,
            null);
}
