using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Tells peers what blocks changed in the state, from the host's store, and only rarely: a correct peer asks when it refuses a block.</summary>
internal sealed class StateChangesServer(PeerConduct conduct, IChainView chain)
{
    /// <summary>Most requests of one peer in a minute; a correct one makes fewer, to all its peers together.</summary>
    public const int MaxOfPeer = 4;

    /// <summary>Most answers with changes in a minute, to all peers together.</summary>
    public const int MaxOfAll = 16;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<Instant> _loads = new();

    /// <summary>Requests for blocks that are not judged here yet: a maker's own block may be refused elsewhere before.</summary>
    private readonly List<(Peer Peer, BlockId Block, Instant At)> _waiting = [];

    public void OnRequested(Peer peer, BlockId block, in Step step)
    {
        List<(BlockId Block, Instant At)> asked = peer.Serving.StateChanges ??= [];
        Instant now = step.Now;
        asked.RemoveAll(each => now - each.At >= Minute);
        if (asked.Count >= MaxOfPeer)
        {
            conduct.Blame(peer, Misbehaviour.TooManyRequests, step);
            return;
        }

        bool isRepeated = asked.Exists(each => each.Block == block);
        asked.Add((block, now));
        if (isRepeated)
        {
            conduct.Blame(peer, Misbehaviour.RepeatedRequest, step);
        }

        if (peer.IsGone)
        {
            return;
        }

        _waiting.RemoveAll(each => now - each.At >= StateChangesAsker.Timeout);
        if (!chain.HasBlock(block) && chain.KnowsHeader(block) && _waiting.Count < MaxOfAll)
        {
            _waiting.Add((peer, block, now));
        }
        else
        {
            Answer(peer, block, step);
        }
    }

    /// <summary>A block was stored or refused: who waits for what it changed is answered.</summary>
    public void OnSettled(BlockId block, in Step step)
    {
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].Block == block)
            {
                Peer peer = _waiting[i].Peer;
                _waiting.RemoveAt(i);
                if (!peer.IsGone)
                {
                    Answer(peer, block, step);
                }
            }
        }
    }

    public void OnGone(Peer gone) => _waiting.RemoveAll(each => each.Peer == gone);

    private void Answer(Peer peer, BlockId block, in Step step)
    {
        if (chain.HasBlock(block) && !peer.IsCongested && TryCount(step.Now))
        {
            step.Effects.Emit(new GossipEvent.StateChangesRequested(peer.Id, block));
        }
        else
        {
            step.Effects.Send(peer.Id, new PeerMessage.StateChanges(block, StateChangesAnswer.NotKept, default));
        }
    }

    private bool TryCount(Instant now)
    {
        while (_loads.TryPeek(out Instant oldest) && now - oldest >= Minute)
        {
            _loads.Dequeue();
        }

        if (_loads.Count >= MaxOfAll)
        {
            return false;
        }

        _loads.Enqueue(now);
        return true;
    }
}
