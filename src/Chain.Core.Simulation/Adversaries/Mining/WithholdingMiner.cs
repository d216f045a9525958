using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// A full node that keeps the blocks it makes to itself, until its strategy publishes them. The node inside is an honest
/// one: it builds on the heaviest chain that it knows, its own blocks included, and does not know that nobody hears of them.
/// </summary>
/// <remarks>For chains where every block has the same weight: strategies count heights. Made anew with its node at a restart.</remarks>
public abstract class WithholdingMiner : IMachine<HostInput>, IFullNodeWrapper
{
    private readonly EffectList _inner = new();
    private readonly HashSet<BlockId> _public;
    private readonly List<Block> _private = [];
    private readonly List<ConnectionId> _peers = [];
    private BlockHeader _publicHead;
    private IEffects _effects = null!;

    /// <summary>Puts the strategy around a node that has not run yet.</summary>
    protected WithholdingMiner(FullNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        Node = node;
        _publicHead = node.Head;
        _public = [node.Head.Id];
    }

    /// <inheritdoc/>
    public FullNode Node { get; }

    /// <summary>Blocks of its own that nobody has been told of, ascending.</summary>
    protected IReadOnlyList<Block> Private => _private;

    /// <summary>The height of the longest chain that the others have.</summary>
    protected ulong PublicHeight => _publicHead.Height.Value;

    /// <inheritdoc/>
    public void Handle(in HostInput input, in StepContext context, IEffects effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        _effects = effects;
        ulong before = PublicHeight;
        Hear(input);
        bool isHeldBack = input is HostInput.Received { Message: PeerMessage.DeliverBlock or PeerMessage.CompactBlock or PeerMessage.AnnounceBlocks or PeerMessage.Headers } && !Follows;
        if (!isHeldBack)
        {
            HandleInside(in input, in context);
        }

        for (ulong height = before + 1; height <= PublicHeight; height++)
        {
            OnPublicBlock(height);
        }

        if (isHeldBack && Follows)
        {
            HandleInside(in input, in context); // or it mined on what was given up until it hears of one block more
        }
    }

    private void HandleInside(in HostInput input, in StepContext context)
    {
        _inner.Clear();
        Node.Handle(in input, in context, _inner);
        foreach (Effect effect in _inner.Effects)
        {
            Carry(in effect);
        }
    }

    /// <summary>Whether the node inside hears of the blocks of others.</summary>
    protected virtual bool Follows => true;

    /// <summary>The node has made a block, the last of <see cref="Private"/>.</summary>
    protected abstract void OnOwnBlock(Block block);

    /// <summary>The chain of the others has reached a height, without help of this node.</summary>
    protected abstract void OnPublicBlock(ulong height);

    /// <summary>Tells all peers of the first of the private blocks.</summary>
    /// <param name="count">How many.</param>
    protected void Publish(int count)
    {
        foreach (Block block in _private.Take(count))
        {
            _public.Add(block.Id);
            _publicHead = block.Height > _publicHead.Height ? block.Header : _publicHead;
            foreach (ConnectionId peer in _peers)
            {
                _effects.Send(peer, new PeerMessage.DeliverBlock(block));
            }
        }

        _private.RemoveRange(0, count);
    }

    /// <summary>Gives the private blocks up.</summary>
    protected void Abandon() => _private.Clear();

    private void Hear(HostInput input)
    {
        switch (input)
        {
            case HostInput.Disconnected gone:
                _peers.Remove(gone.Connection);
                break;
            case HostInput.Received { Message: PeerMessage.Hello } greeted:
                _peers.Add(greeted.Connection);
                break;
            case HostInput.Received { Message: PeerMessage.DeliverBlock delivered }:
                HearOf(delivered.Block.Header);
                break;
            case HostInput.Received { Message: PeerMessage.CompactBlock compact }:
                HearOf(compact.Header);
                break;
            case HostInput.Received { Message: PeerMessage.AnnounceBlocks announced }:
                HearOf([.. announced.Items]);
                break;
            case HostInput.Received { Message: PeerMessage.Headers headers }:
                HearOf([.. headers.Items]);
                break;
        }
    }

    private void HearOf(params ReadOnlySpan<BlockHeader> headers)
    {
        foreach (BlockHeader header in headers)
        {
            _public.Add(header.Id);
            _publicHead = header.Height > _publicHead.Height ? header : _publicHead;
        }
    }

    /// <summary>Carries an effect of the node on, unless it tells of what is private.</summary>
    private void Carry(in Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.Send:
                if (Censor(effect.Message) is { } message)
                {
                    _effects.Send(effect.Connection, message);
                }

                break;
            case EffectKind.Emit:
                _effects.Emit(effect.Event);
                if (effect.Event is NodeEvent.BlockStored stored && !_public.Contains(stored.Block.Id))
                {
                    _private.Add(stored.Block);
                    OnOwnBlock(stored.Block);
                }

                break;
            default:
                EffectForwarding.Forward(in effect, _effects);
                break;
        }
    }

    private PeerMessage? Censor(PeerMessage message)
    {
        switch (message)
        {
            case PeerMessage.DeliverBlock delivered:
                return _public.Contains(delivered.Block.Id) ? message : null;
            case PeerMessage.CompactBlock compact:
                return _public.Contains(compact.Header.Id) ? message : null;
            case PeerMessage.AnnounceBlocks announced:
                BlockHeader[] known = [.. announced.Items.TakeWhile(header => _public.Contains(header.Id))];
                return known.Length > 0 ? new PeerMessage.AnnounceBlocks(known) : null;
            case PeerMessage.Headers headers:
                return new PeerMessage.Headers([.. headers.Items.TakeWhile(header => _public.Contains(header.Id))]);
            case PeerMessage.Hello hello when !_public.Contains(hello.Head):
                return hello with { Head = _publicHead.Id, HeadHeight = _publicHead.Height };
            default:
                return message;
        }
    }
}
