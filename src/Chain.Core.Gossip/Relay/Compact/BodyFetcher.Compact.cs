using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// Bodies that come as compact blocks. Such a body is asked for like any other: who sends it short ids owes the rest, and
/// what it lets lie is asked of others.
/// </summary>
internal sealed partial class BodyFetcher
{
    /// <summary>Blocks that wait for transactions, in all; further ones are asked for whole.</summary>
    internal const int MaxPartials = 8;

    /// <summary>A block deeper under the head of a peer is asked for whole: the pool is about the newest blocks.</summary>
    private const ulong CompactDepth = 2;

    /// <summary>Blocks that wait for transactions.</summary>
    public int Partials => peers.All.Count(peer => peer.Compact.Partial is not null);

    /// <summary>Takes a compact block that a peer was asked for, or that is new; true for one that was taken unasked.</summary>
    public bool OnCompact(Peer peer, PeerMessage.CompactBlock compact, in Step step)
    {
        BlockId id = compact.Header.Id;
        bool isRepeated = !peer.RememberSpokenOf(id);
        _byId.TryGetValue(id.Value, out WantedBody? body);
        bool isAnswer = peer.Compact.TakeAnswer(id);
        if (peer.Fetch.Blocks.Take(id) || isAnswer)
        {
            if (isAnswer && body?.AskedOf == peer.Id)
            {
                Begin(peer, body, compact, step);
            }

            return false;
        }

        if (isRepeated)
        {
            conduct.Blame(peer, Misbehaviour.UnsolicitedBlock, step);
            return false;
        }

        if (chain.HasBlock(id))
        {
            return false;
        }

        if (body is null)
        {
            _pushed.Add(new PushedBlock(peer.Id, id, compact, MessageSize.Of(compact)));
        }
        else if (body.AskedOf is null && peer.Compact.IsFree)
        {
            Claim(body, peer, step.Now);
            Begin(peer, body, compact, step);
        }
        else
        {
            body.AddSource(peer.Id, MaxSources);
        }

        return true;
    }

    public void OnBlockTransactions(Peer peer, PeerMessage.BlockTransactions given, in Step step)
    {
        bool isOwed = peer.Fetch.Parts.Take(given.Block);
        if (peer.Compact.TakePartial(given.Block) is not { } partial || !_byId.TryGetValue(given.Block.Value, out WantedBody? body))
        {
            conduct.Blame(peer, isOwed ? Misbehaviour.None : Misbehaviour.UnsolicitedBlockTransactions, step);
        }
        else if (!partial.TryFill(given.Items))
        {
            conduct.Blame(peer, Misbehaviour.WrongBlockTransactions, step);
        }
        else
        {
            Complete(peer, body, partial, step);
        }
    }

    /// <summary>Asks for a body as compact block where it is near the head of a peer that gives such; false where it is to be asked for whole.</summary>
    private static bool TryAskCompact(Peer peer, WantedBody body, in Step step)
    {
        if (!peer.TakesCompact || !peer.Compact.IsFree || !IsNearHead(peer, body.Height))
        {
            return false;
        }

        peer.Compact.Request(body.Id);
        step.Effects.Send(peer.Id, new PeerMessage.GetCompactBlock(body.Id));
        return true;
    }

    /// <summary>Puts a wanted block together from what came before it was wanted, and from the pool.</summary>
    private void BeginPushed(WantedBody body, PushedBlock pushed, in Step step)
    {
        if (pushed.Message is PeerMessage.CompactBlock compact && peers.TryGetReady(pushed.From, out Peer? peer) && peer.Compact.IsFree)
        {
            Claim(body, peer, step.Now);
            Begin(peer, body, compact, step);
        }
    }

    private void Begin(Peer peer, WantedBody body, PeerMessage.CompactBlock compact, in Step step)
    {
        if (PartialBlock.Match(compact, Candidates()) is not { } partial)
        {
            conduct.Blame(peer, Misbehaviour.MalformedCompactBlock, step);
        }
        else if (partial.Missing.Count == 0)
        {
            Complete(peer, body, partial, step);
        }
        else if (Partials >= MaxPartials)
        {
            AskWhole(peer, body, step);
        }
        else
        {
            peer.Compact.Await(partial);
            peer.Fetch.Parts.Expect(body.Id);
            peer.Fetch.LastProgress = step.Now;
            step.Effects.Send(peer.Id, new PeerMessage.GetBlockTransactions(body.Id, partial.Missing));
        }
    }

    private void Complete(Peer peer, WantedBody body, PartialBlock partial, in Step step)
    {
        if (!partial.TryAssemble(protections.ComparesRoots, out Block? block))
        {
            OnOtherRoot(peer, body, step);
            return;
        }

        recent.Add(new RecentBlock(block, partial.Missing));
        OnAnswer(peer, body, block, step, isCompared: true);
    }

    /// <summary>No fault of the peer's, as far as can be known: the whole block shows.</summary>
    private void OnOtherRoot(Peer peer, WantedBody body, in Step step)
    {
        if (protections.ForgivesCollisions)
        {
            AskWhole(peer, body, step);
        }
        else
        {
            conduct.Blame(peer, Misbehaviour.WrongBody, step);
        }
    }

    /// <summary>A body is here that its header speaks of: it can be sent on, and who brought it early is asked to go on so.</summary>
    private void OnBrought(Peer peer, Block block, in Step step)
    {
        recent.Add(new RecentBlock(block, []));
        if (IsNearHead(peer, block.Height))
        {
            pushSources.OnBrought(peer, step);
        }
    }

    private static bool IsNearHead(Peer peer, BlockHeight height) => height.Value + CompactDepth >= peer.Chain.ClaimedHeight.Value;

    private static void AskWhole(Peer peer, WantedBody body, in Step step)
    {
        peer.Fetch.Blocks.Expect(body.Id);
        peer.Fetch.LastProgress = step.Now;
        step.Effects.Send(peer.Id, new PeerMessage.RequestBlocks([body.Id]));
    }

    /// <summary>Where transactions of a new block may be: in the pool, or in a block that competes with it.</summary>
    private IEnumerable<Transaction> Candidates() =>
        chain.WaitingTransactions.Concat(recent.All.SelectMany(static each => each.Block.Transactions));

    /// <summary>Puts a body down as asked of a peer.</summary>
    private void Claim(WantedBody body, Peer peer, Instant now)
    {
        body.Ask(peer, now);
        Asked++;
        if (peer.Fetch.Asked++ == 0)
        {
            peer.Fetch.LastProgress = now;
        }
    }
}
