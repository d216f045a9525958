using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Laboratory;

/// <summary>Passes every number on that it hears for the first time; the first node begins a new one every ten seconds.</summary>
internal sealed class ToyMachine(IReadOnlyList<PeerAddress> dials, bool begins) : IMachine<HostInput>
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private static readonly TimerKey Next = new(1);

    private readonly List<ConnectionId> _connections = [];

    /// <summary>How many numbers were heard: they come one after the other, long apart.</summary>
    public ulong Heard { get; private set; }

    public void Handle(in HostInput input, in StepContext context, IEffects effects)
    {
        switch (input)
        {
            case HostInput.Received { Message: PeerMessage.Ping ping } received:
                Pass(ping, received.Connection, effects);
                break;
            case HostInput.TimerFired:
                Pass(new PeerMessage.Ping(Heard + 1), null, effects);
                effects.SetTimer(Next, context.Now + Interval);
                break;
            case HostInput.Connected connected:
                _connections.Add(connected.Connection.Id);
                break;
            case HostInput.Started:
                foreach (PeerAddress address in dials)
                {
                    effects.Dial(address);
                }

                if (begins)
                {
                    effects.SetTimer(Next, context.Now + Interval);
                }

                break;
        }
    }

    private void Pass(PeerMessage.Ping ping, ConnectionId? from, IEffects effects)
    {
        if (ping.Nonce <= Heard)
        {
            return;
        }

        Heard = ping.Nonce;
        foreach (ConnectionId connection in _connections)
        {
            if (connection != from)
            {
                effects.Send(connection, ping);
            }
        }
    }
}
