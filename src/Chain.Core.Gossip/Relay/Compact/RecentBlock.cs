using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>A block of <see cref="RecentBlocks"/>.</summary>
/// <param name="block">The block.</param>
/// <param name="lacked">Places of the transactions that its peers are likely to lack, ascending.</param>
internal sealed class RecentBlock(Block block, IReadOnlyList<int> lacked)
{
    /// <summary>Most bytes of transactions that go whole unasked.</summary>
    private const int PrefilledBytes = 128 * 1024;

    /// <summary>A block with no more than this beside its header goes whole: five transfers, say.</summary>
    private const int WholeBytes = 1024;

    private PeerMessage? _message;

    public Block Block => block;

    /// <summary>What is sent instead of the whole block: one message for all peers, under one salt.</summary>
    public PeerMessage Message(in Step step) => _message ??=
        block.Encoded.Length - block.Header.Encoded.Length <= WholeBytes
            ? new PeerMessage.DeliverBlock(block)
            : CompactForm.Of(block, Prefilled(), step.Random) ?? (PeerMessage)new PeerMessage.DeliverBlock(block);

    private List<int> Prefilled()
    {
        var places = new List<int>();
        int bytes = 0;
        foreach (int place in lacked)
        {
            bytes += block.Transactions[place].Encoded.Length;
            if (bytes > PrefilledBytes)
            {
                break;
            }

            places.Add(place);
        }

        return places;
    }
}
