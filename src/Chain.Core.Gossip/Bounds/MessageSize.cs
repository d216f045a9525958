using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>About how many bytes a message has on the wire, from the kept bytes of its values.</summary>
internal static class MessageSize
{
    private const int Small = 32;
    private const int IdBytes = Hash256.Size + 2;
    private const int AddressBytes = 24;

    public static long Of(PeerMessage message) => message switch
    {
        PeerMessage.Addresses addresses => Small + ((long)addresses.Items.Count * AddressBytes),
        PeerMessage.AnnounceTransactions announced => Small + ((long)announced.Ids.Count * IdBytes),
        PeerMessage.RequestTransactions requested => Small + ((long)requested.Ids.Count * IdBytes),
        PeerMessage.Transactions transactions => Small + Sum(transactions.Items),
        PeerMessage.AnnounceBlocks announced => Small + Sum(announced.Items),
        PeerMessage.Headers headers => Small + Sum(headers.Items),
        PeerMessage.RequestBlocks requested => Small + ((long)requested.Ids.Count * IdBytes),
        PeerMessage.BlocksNotFound missing => Small + ((long)missing.Ids.Count * IdBytes),
        PeerMessage.GetHeaders headers => Small + ((long)headers.Locator.Count * IdBytes),
        PeerMessage.DeliverBlock delivered => Small + delivered.Block.Encoded.Length,
        PeerMessage.CompactBlock compact => OfCompact(compact),
        PeerMessage.GetBlockTransactions requested => Small + IdBytes + requested.Indexes.Count,
        PeerMessage.BlockTransactions given => Small + IdBytes + Sum(given.Items),
        PeerMessage.StateChanges given => Small + IdBytes + given.Changes.Length,
        PeerMessage.Consensus consensus => Small + consensus.Payload.Length,
        _ => Small,
    };

    private static long OfCompact(PeerMessage.CompactBlock compact)
    {
        long sum = Small + compact.Header.Encoded.Length + compact.ShortIds.Length;
        for (int i = 0; i < compact.Prefilled.Count; i++)
        {
            sum += compact.Prefilled[i].Transaction.Encoded.Length;
        }

        return sum;
    }

    private static long Sum<T>(IReadOnlyList<T> values)
        where T : class, IWireValue<T>
    {
        long sum = 0;
        for (int i = 0; i < values.Count; i++)
        {
            sum += values[i].Encoded.Length;
        }

        return sum;
    }
}
