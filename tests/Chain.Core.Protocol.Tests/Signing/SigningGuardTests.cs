using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Storage;

namespace Chain.Core.Protocol.Tests.Signing;

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
        var guard = New();

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
        var guard = New();

        Assert.True(guard.TrySign(1, 5, Message, _effects, out _));
        Assert.True(guard.TrySign(2, 5, Message, _effects, out _));
        Assert.False(guard.TrySign(2, 5, Another, _effects, out _));
    }

    [Fact]
    public void TrySign_FirstMarkIsZero_IsSignedOnce()
    {
        var guard = New();

        Assert.True(guard.TrySign(1, 0, Message, _effects, out _));
        Assert.False(guard.TrySign(1, 0, Another, _effects, out _));
    }

    [Fact]
    public void TrySign_SameMessageAtItsMark_GivesTheSameSignatureAndWritesNothing()
    {
        var guard = New();
        guard.TrySign(1, 5, Message, _effects, out byte[] first);
        _effects.Clear();

        Assert.True(guard.TrySign(1, 5, Message, _effects, out byte[] second));
        Assert.Equal(first, second);
        Assert.Empty(_effects.Effects);
    }

    [Fact]
    public void TrySign_WritesTheMarkDurablyAndHoldsWhatFollows()
    {
        New().TrySign(1, 5, Message, _effects, out _);

        Assert.Equal([EffectKind.Write, EffectKind.HoldUntilDurable], _effects.Effects.Select(effect => effect.Kind));
        Assert.Equal(Durability.Durable, _effects.Effects[0].Durability);
    }

    [Fact]
    public void TrySign_AfterARestart_RefusesWhatWasSignedBefore()
    {
        using var store = new MemoryStore();
        SigningGuard first = New();
        first.Start(_effects);
        first.TrySign(3, 9, Message, _effects, out _);
        Apply(store);
        SigningGuard again = Reopen(store);

        Assert.False(again.TrySign(3, 9, Another, _effects, out _));
        Assert.True(again.TrySign(3, 9, Message, _effects, out _));
        Assert.True(again.TrySign(3, 10, Message, _effects, out _));
    }

    [Fact]
    public void TrySign_WithoutAKey_Refuses()
    {
        var guard = new SigningGuard(null, null, signerIsNew: true, null, []);
        Assert.Equal(SignerStanding.NoKey, guard.Standing);
        Assert.False(guard.TrySign(1, 1, Message, _effects, out _));
        Assert.Empty(_effects.Effects);
    }

    [Fact]
    public void TrySign_StoreThatDoesNotKnowTheKey_RefusesUntilTheOperatorVouches()
    {
        var guard = new SigningGuard(_key, null, signerIsNew: false, null, []);
        guard.Start(_effects);

        Assert.Equal(SignerStanding.UnknownKey, guard.Standing);
        Assert.False(guard.TrySign(1, 1, Message, _effects, out _));
        Assert.Empty(_effects.Effects);
    }

    [Fact]
    public void TrySign_StoreThatKnowsTheKey_SignsWithoutTheOperator()
    {
        using var store = new MemoryStore();
        New().Start(_effects);
        Apply(store);

        Assert.True(Reopen(store).TrySign(1, 1, Message, _effects, out _));
    }

    [Fact]
    public void TrySign_StoreOfAnotherKey_Refuses()
    {
        using var other = new Ed25519PrivateKey(Enumerable.Repeat((byte)1, 32).ToArray());
        SignerRecord stored = SignerRecord.Of(other, hasWitness: false);

        Assert.Equal(SignerStanding.UnknownKey, new SigningGuard(_key, null, signerIsNew: false, stored, []).Standing);
    }

    [Fact]
    public void TrySign_OldCopyOfTheStoreBesideAWitness_SignsNothingTwice()
    {
        var witness = new MemoryWitness();
        using var store = new MemoryStore();
        SigningGuard first = New(witness);
        first.Start(_effects);
        Apply(store); // the copy that is restored later
        Assert.True(first.TrySign(1, 5, Message, _effects, out _));

        SigningGuard restored = Reopen(store, witness);
        Assert.True(restored.StoreIsBehind);
        Assert.Equal(SignerStanding.Signs, restored.Standing);
        Assert.False(restored.TrySign(1, 5, Another, _effects, out _));
        Assert.False(restored.TrySign(1, 4, Another, _effects, out _));
        Assert.True(restored.TrySign(1, 5, Message, _effects, out _));
        Assert.True(restored.TrySign(1, 6, Another, _effects, out _));
    }

    [Fact]
    public void TrySign_StoreLostBesideAWitness_SignsNothingTwice()
    {
        var witness = new MemoryWitness();
        SigningGuard first = New(witness);
        first.Start(_effects);
        first.TrySign(1, 5, Message, _effects, out _);

        var anew = new SigningGuard(_key, witness, signerIsNew: false, null, []);
        Assert.False(anew.TrySign(1, 5, Another, _effects, out _));
        Assert.True(anew.TrySign(1, 6, Another, _effects, out _));
    }

    [Fact]
    public void TrySign_WitnessLost_RefusesEvenWhereTheKeyIsSaidToBeNew()
    {
        using var store = new MemoryStore();
        New(new MemoryWitness()).Start(_effects);
        Apply(store);
        Assert.True(ChainRecords.TryReadSigner(store, out SignerRecord stored));

        Assert.Equal(SignerStanding.WitnessLost, new SigningGuard(_key, new MemoryWitness(), signerIsNew: true, stored, []).Standing);
        Assert.Equal(SignerStanding.WitnessLost, new SigningGuard(_key, null, signerIsNew: true, stored, []).Standing);
    }

    [Fact]
    public void TrySign_WitnessThatFails_LetsNoSignatureOut()
    {
        var witness = new MemoryWitness();
        SigningGuard guard = New(witness);
        witness.Fails = true;

        Assert.Throws<StorageException>(() => guard.TrySign(1, 5, Message, _effects, out _));
        Assert.Empty(_effects.Effects);
    }

    [Fact]
    public void Learn_SignatureAboveTheMark_IsRecordedAndNeverSignedOver()
    {
        using var store = new MemoryStore();
        SigningGuard guard = New();
        guard.Start(_effects);
        Assert.True(guard.Learn(1, 7, _effects));
        Apply(store);

        foreach (SigningGuard each in new[] { guard, Reopen(store) })
        {
            Assert.False(each.TrySign(1, 7, Message, _effects, out _));
            Assert.False(each.TrySign(1, 7, default, _effects, out _));
            Assert.False(each.TrySign(1, 6, Message, _effects, out _));
        }

        Assert.True(guard.TrySign(1, 8, Message, _effects, out _));
    }

    [Fact]
    public void Learn_OwnSignatureThatTheMarksKnow_IsNoNews()
    {
        SigningGuard guard = New();
        guard.TrySign(1, 7, Message, _effects, out _);
        _effects.Clear();

        Assert.False(guard.Learn(1, 7, _effects));
        Assert.False(guard.Learn(1, 6, _effects));
        Assert.Empty(_effects.Effects);
        Assert.True(guard.TrySign(1, 7, Message, _effects, out _));
    }

    private SigningGuard New(ISigningWitness? witness = null) => new(_key, witness, signerIsNew: true, null, []);

    private SigningGuard Reopen(MemoryStore store, ISigningWitness? witness = null) => new(
        _key,
        witness,
        signerIsNew: false,
        ChainRecords.TryReadSigner(store, out SignerRecord stored) ? stored : null,
        ChainRecords.ReadSigningMarks(store));

    private void Apply(MemoryStore store)
    {
        foreach (Effect effect in _effects.Effects.Where(static effect => effect.Kind == EffectKind.Write))
        {
            store.Write(effect.Batch, effect.Durability);
        }

        _effects.Clear();
    }

    private sealed class MemoryWitness : ISigningWitness
    {
        private IReadOnlyList<SigningMark>? _marks;

        public bool Fails { get; set; }

        public IReadOnlyList<SigningMark>? Read() => _marks;

        public void Record(IReadOnlyList<SigningMark> marks) =>
            _marks = Fails ? throw new StorageException("the witness is gone") : marks;
    }
}
