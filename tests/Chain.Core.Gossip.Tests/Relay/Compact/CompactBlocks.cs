using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Relay.Compact;

/// <summary>Blocks with transactions, and their compact forms.</summary>
internal static class CompactBlocks
{
    public static Transaction[] Transactions(int count, ulong first = 1) =>
        [.. Enumerable.Range(0, count).Select(i => Playing.Chains.Transaction(first + (ulong)i, 100))];

    public static PeerMessage.CompactBlock Of(Block block, params int[] prefilled) =>
        Received(CompactForm.Of(block, prefilled, new DeterministicRandom(3))!);

    /// <summary>The message as it comes off a wire: it knows nothing of the block that it was made of.</summary>
    public static PeerMessage.CompactBlock Received(PeerMessage.CompactBlock sent) =>
        new(sent.Header, sent.Salt, sent.ShortIds, sent.Prefilled);

    /// <summary>The same message with the short id at a place replaced by that of another transaction, as if the two collided.</summary>
    public static PeerMessage.CompactBlock Colliding(PeerMessage.CompactBlock compact, int place, Transaction other)
    {
        byte[] shortIds = compact.ShortIds.ToArray();
        ShortIdKey.Write(new ShortIdKey(compact.Header.Id, compact.Salt).Of(other.Id), shortIds.AsSpan(place * ShortIdKey.Size));
        return new PeerMessage.CompactBlock(compact.Header, compact.Salt, shortIds, compact.Prefilled);
    }
}
