using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>What the relay of compact blocks remembers of a peer.</summary>
internal sealed class PeerCompact
{
    /// <summary>More than are served; who asks for transactions of older ones gets those whole.</summary>
    private const int MaxSent = 16;

    private readonly List<(BlockId Block, bool IsAsked, bool IsUsed)> _sent = [];

    /// <summary>The block that the peer was asked for as compact block and has not answered; one at a time.</summary>
    public BlockId? Requested { get; private set; }

    /// <summary>The block that waits for transactions from the peer; one at a time.</summary>
    public PartialBlock? Partial { get; private set; }

    /// <summary>Whether the peer asked to be sent new blocks unasked.</summary>
    public bool WantsPush { get; set; }

    /// <summary>Whether the peer may be asked for a compact block.</summary>
    public bool IsFree => Requested is null && Partial is null;

    public void Request(BlockId block) => Requested = block;

    /// <summary>Notes an answer to a request, of whatever kind; false where the block was not asked for.</summary>
    public bool TakeAnswer(BlockId block)
    {
        bool isAnswer = Requested == block;
        Requested = isAnswer ? null : Requested;
        return isAnswer;
    }

    public void Await(PartialBlock partial) => Partial = partial;

    /// <summary>The block whose transactions the peer was asked for; null where it is another one or none.</summary>
    public PartialBlock? TakePartial(BlockId block)
    {
        PartialBlock? partial = Partial?.Id == block ? Partial : null;
        Partial = partial is null ? Partial : null;
        return partial;
    }

    /// <summary>
    /// Notes that the peer is sent a compact block; false where it asked for it before. One that was sent unasked it may still
    /// ask for: it keeps few of those that it cannot use yet.
    /// </summary>
    public bool Send(BlockId block, bool isAsked)
    {
        int place = _sent.FindIndex(sent => sent.Block == block);
        bool wasAsked = place >= 0 && _sent[place].IsAsked;
        if (place >= 0 || _sent.Count >= MaxSent)
        {
            _sent.RemoveAt(int.Max(place, 0));
        }

        _sent.Add((block, isAsked || wasAsked, false));
        return !(isAsked && wasAsked);
    }

    /// <summary>Whether the peer asked for transactions of a compact block before.</summary>
    public bool HasUsed(BlockId block) => _sent.Exists(sent => sent.Block == block && sent.IsUsed);

    /// <summary>Uses the right to ask for transactions that comes with a compact block, once; false where none was sent lately.</summary>
    public bool TryUse(BlockId block)
    {
        int index = _sent.FindIndex(sent => sent.Block == block && !sent.IsUsed);
        if (index >= 0)
        {
            _sent[index] = _sent[index] with { IsUsed = true };
        }

        return index >= 0;
    }
}
