using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// One address of an attacker that eclipses a node (Heilman et al. 2015): a well-behaved peer that talks to its victim alone, so
/// that it knows no block but the victim's own, and that names other addresses of the attacker whenever addresses are spoken of.
/// </summary>
/// <param name="node">The node inside.</param>
/// <param name="victim">Who is to be cut off.</param>
/// <param name="planted">The attacker's addresses that the victim is to learn; asked when they are named. At least one, at most 256.</param>
public sealed class EclipsePeer(FullNode node, PeerId victim, Func<IReadOnlyList<PeerAddress>> planted) : IMachine<HostInput>, IFullNodeWrapper
{
    private readonly EffectList _inner = new();
    private readonly HashSet<ConnectionId> _others = [];
    private int _claims;

    /// <inheritdoc/>
    public FullNode Node { get; } = node;

    /// <inheritdoc/>
    public void Handle(in HostInput input, in StepContext context, IEffects effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        if (IsOfOthers(input, effects))
        {
            return;
        }

        _inner.Clear();
        Node.Handle(in input, in context, _inner);
        foreach (Effect effect in _inner.Effects)
        {
            if (effect.Kind == EffectKind.Send)
            {
                effects.Send(effect.Connection, Plant(effect.Message, context.Random));
            }
            else
            {
                EffectForwarding.Forward(in effect, effects);
            }
        }
    }

    /// <summary>Turns everybody but the victim away: an honest peer would bring the chain of the others in.</summary>
    private bool IsOfOthers(HostInput input, IEffects effects)
    {
        switch (input)
        {
            case HostInput.Connected connected when connected.Connection.Peer != victim:
                _others.Add(connected.Connection.Id);
                effects.Close(connected.Connection.Id, "no free slot");
                return true;
            case HostInput.Received received:
                return _others.Contains(received.Connection);
            case HostInput.Disconnected gone:
                return _others.Remove(gone.Connection);
            default:
                return false;
        }
    }

    private PeerMessage Plant(PeerMessage message, DeterministicRandom random)
    {
        switch (message)
        {
            case PeerMessage.Addresses:
                return new PeerMessage.Addresses([.. planted()]);
            case PeerMessage.Hello hello:
                IReadOnlyList<PeerAddress> addresses = planted();
                _claims = _claims == 0 ? random.NextIndex(addresses.Count) : _claims + 1;
                return hello with { ListenAddress = addresses[_claims % addresses.Count] };
            default:
                return message;
        }
    }
}
