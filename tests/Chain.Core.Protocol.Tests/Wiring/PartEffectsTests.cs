using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests.Wiring;

public class PartEffectsTests
{
    private readonly EffectList _host = new();

    [Theory]
    [InlineData(1, 0, 0UL)]
    [InlineData(2, 7, ulong.MaxValue)]
    [InlineData(3, 0xFF_FFFF, 12UL)]
    [InlineData(4, 1, 1UL)]
    public void SetTimer_Split_GivesPartAndKeyBack(int partNumber, int kind, ulong subject)
    {
        var part = (NodePart)partNumber;
        var key = new TimerKey(kind, subject);
        Effects(part).SetTimer(key, new Instant(5));
        Effects(part).CancelTimer(key);

        Assert.Equal((part, key), PartEffects.Split(_host.Effects[0].Timer));
        Assert.Equal((part, key), PartEffects.Split(_host.Effects[1].Timer));
    }

    [Theory]
    [InlineData(1, 0UL)]
    [InlineData(3, (1UL << 56) - 1)]
    [InlineData(4, 77UL)]
    public void Offload_Split_GivesPartAndIdBack(int partNumber, ulong number)
    {
        var part = (NodePart)partNumber;
        Effects(part).Offload(new JobId(number), new LoadBlocksJob([]));

        Assert.Equal((part, new JobId(number)), PartEffects.Split(_host.Effects[0].JobId));
    }

    [Fact]
    public void Emit_StaysInside_EverythingElseGoesToTheHost()
    {
        var inside = new List<DomainEvent>();
        var effects = new PartEffects(NodePart.Chain, inside.Add) { Host = _host };
        effects.Emit(new ChainEvent.BodiesUnwanted([]));
        effects.Send(new ConnectionId(1), new PeerMessage.Ping(1));
        effects.Close(new ConnectionId(1), "bye");
        effects.Write(new WriteBatch(), Durability.Durable);
        effects.HoldUntilDurable();

        Assert.Single(inside);
        Assert.Equal(
            [EffectKind.Send, EffectKind.Close, EffectKind.Write, EffectKind.HoldUntilDurable],
            _host.Effects.Select(effect => effect.Kind));
    }

    private PartEffects Effects(NodePart part) => new(part, static _ => { }) { Host = _host };
}
