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
        return await TransactionWhereabouts.FindAsync(services.Node, id, cancellation).ConfigureAwait(false) is { } found
            ? new TransactionEventResult(id, found.Status, found.Block, Results.Receipt(found.Included?.Receipt), null, null)
            : watched.Refusal is { } refusal && refusal != nameof(Ledger.TransactionRefusal.Duplicate)
                ? new TransactionEventResult(id, "refused", null, null, ErrorKinds.OfRefusal(refusal).Code, refusal)
                : null;
    }
}
