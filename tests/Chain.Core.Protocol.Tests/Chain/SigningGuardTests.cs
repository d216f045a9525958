using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Storage;

namespace Chain.Core.Protocol.Tests.Chain;

public sealed class SigningGuardTests : IDisposable
{
    private static readonly Hash256 Message = Sha256.Hash("vote"u8);
    private static readonly Hash256 Another = Sha256.Hash("another vote"u8);

    private readonly Ed25519PrivateKey _key = new(new byte[32]);
    private readonly EffectList _effects = new();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void TrySign_AtOrBelowTheMark_Refuses()
    {
        var guard = new SigningGuard(_key, []);

        Assert.True(guard.TrySign(1, 5, Message, _effects, out byte[] signature));
        Assert.NotEmpty(signature);
        Assert.False(guard.TrySign(1, 5, Another, _effects, out byte[] none));
        Assert.Empty(none);
        Assert.False(guard.TrySign(1, 4, Message, _effects, out _));
        Assert.False(guard.TrySign(1, 4, Another, _effects, out _));
        Assert.True(guard.TrySign(1, 6, Message, _effects, out _));
    }

    [Fact]
    public void TrySign_OtherPurpose_HasAMarkOfItsOwn()
    {
        var guard = new SigningGuard(_key, []);

        Assert.True(guard.TrySign(1, 5, Message, _effects, out _));
        Assert.True(guard.TrySign(2, 5, Message, _effects, out _));
        Assert.False(guard.TrySign(2, 5, Another, _effects, out _));
    }

    [Fact]
    public void TrySign_FirstMarkIsZero_IsSignedOnce()
    {
        var guard = new SigningGuard(_key, []);

        Assert.True(guard.TrySign(1, 0, Message, _effects, out _));
        Assert.False(guard.TrySign(1, 0, Another, _effects, out _));
    }

    [Fact]
    public void TrySign_SameMessageAtItsMark_GivesTheSameSignatureAndWritesNothing()
    {
        var guard = new SigningGuard(_key, []);
        guard.TrySign(1, 5, Message, _effects, out byte[] first);
        _effects.Clear();

        Assert.True(guard.TrySign(1, 5, Message, _effects, out byte[] second));
        Assert.Equal(first, second);
        Assert.Empty(_effects.Effects);
    }

    [Fact]
    public void TrySign_WritesTheMarkDurablyAndHoldsWhatFollows()
    {
        new SigningGuard(_key, []).TrySign(1, 5, Message, _effects, out _);

        Assert.Equal([EffectKind.Write, EffectKind.HoldUntilDurable], _effects.Effects.Select(effect => effect.Kind));
        Assert.Equal(Durability.Durable, _effects.Effects[0].Durability);
    }

    [Fact]
    public void TrySign_AfterARestart_RefusesWhatWasSignedBefore()
    {
        using var store = new MemoryStore();
        new SigningGuard(_key, []).TrySign(3, 9, Message, _effects, out _);
        store.Write(_effects.Effects[0].Batch, Durability.Durable);
        var again = new SigningGuard(_key, ChainRecords.ReadSigningMarks(store));

        Assert.False(again.TrySign(3, 9, Another, _effects, out _));
        Assert.True(again.TrySign(3, 9, Message, _effects, out _));
        Assert.True(again.TrySign(3, 10, Message, _effects, out _));
    }

    [Fact]
    public void TrySign_WithoutAKey_Refuses()
    {
        Assert.False(new SigningGuard(null, []).TrySign(1, 1, Message, _effects, out _));
        Assert.Empty(_effects.Effects);
    }
}
