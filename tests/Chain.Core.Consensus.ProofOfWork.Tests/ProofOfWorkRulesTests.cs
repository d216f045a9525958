using Chain.Core.Consensus.Tests;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfWork.Tests;

public sealed class ProofOfWorkRulesTests
{
    private static readonly CompactTarget Easy = new(0x207fffff);

    private readonly ProofOfWorkConsensus _plugin = new(new ProofOfWorkOptions { TargetLimit = Easy, TargetSpacing = TimeSpan.FromSeconds(10) });
    private readonly EngineScript _script;

    public ProofOfWorkRulesTests() => _script = new EngineScript(_plugin, new EngineOptions());

    [Fact]
    [Trait("Fault", "30")]
    public void Fault30_TimeAtTheMedian_IsTooOldAndOneLaterIsNot()
    {
        ulong[] seconds = [10, 30, 20, 40, 60, 50, 80, 70, 90, 120, 110, 100];
        BlockTreeNode tip = _script.Tree.Genesis;
        foreach (ulong second in seconds)
        {
            tip = Add(tip, HeaderMaker.Start.Plus(TimeSpan.FromSeconds(100 + second)));
        }

        // The last eleven are 30 20 40 60 50 80 70 90 120 110 100, and 70 is in their middle.
        UnixTime median = HeaderMaker.Start.Plus(TimeSpan.FromSeconds(170));
        Assert.Equal(HeaderVerdict.TimeTooOld, Verify(tip, median));
        Assert.Equal(HeaderVerdict.Valid, Verify(tip, new UnixTime(median.Milliseconds + 1)));
    }

    [Fact]
    [Trait("Fault", "30")]
    public void Fault30_FewBlocks_TakesTheLaterOfTwoInTheMiddle()
    {
        BlockTreeNode first = Add(_script.Tree.Genesis, HeaderMaker.Start.Plus(TimeSpan.FromSeconds(1)));
        Assert.Equal(HeaderVerdict.TimeTooOld, Verify(_script.Tree.Genesis, HeaderMaker.Start));
        Assert.Equal(HeaderVerdict.TimeTooOld, Verify(first, first.Header.Time));
        Assert.Equal(HeaderVerdict.Valid, Verify(first, new UnixTime(first.Header.Time.Milliseconds + 1)));
    }

    [Fact]
    [Trait("Fault", "30")]
    public void Fault30_TimeAtTheFutureLimit_IsValidAndOneLaterIsTooNew()
    {
        UnixTime limit = _script.WallClock.Plus(TimeSpan.FromHours(2));
        Assert.Equal(HeaderVerdict.Valid, Verify(_script.Tree.Genesis, limit));
        Assert.Equal(HeaderVerdict.TimeTooNew, Verify(_script.Tree.Genesis, new UnixTime(limit.Milliseconds + 1)));

        // What is too new now is not when the clock gets there: the tree does not hold it against the header.
        BlockHeader early = Mine(_script.Tree.Genesis, new UnixTime(limit.Milliseconds + 1));
        Assert.Equal(HeaderVerdict.TimeTooNew, _script.Tree.TryAdd(early, _script.Engine.Rules, _script.WallClock).Verdict);
        _script.WallClock = new UnixTime(_script.WallClock.Milliseconds + 1);
        Assert.Equal(AddHeaderStatus.Added, _script.Tree.TryAdd(early, _script.Engine.Rules, _script.WallClock).Status);
    }

    [Fact]
    [Trait("Fault", "30")]
    public void Fault30_Mutants_FailAtTheEdges()
    {
        // With a median of one block, a time before the parent's is never taken; with that of eleven it is.
        UnixTime at = HeaderMaker.Start.Plus(TimeSpan.FromSeconds(500));
        var noMedian = new EngineScript(Plugin(new ProofOfWorkOptions { MedianTimeBlocks = 1 }), new EngineOptions());
        Assert.Equal(HeaderVerdict.TimeTooOld, VerdictBeforeParent(noMedian, at));
        Assert.Equal(HeaderVerdict.Valid, VerdictBeforeParent(_script, at));

        // With a future limit of a millisecond more, a millisecond more is taken.
        var late = new EngineScript(
            Plugin(new ProofOfWorkOptions { FutureLimit = TimeSpan.FromHours(2) + TimeSpan.FromMilliseconds(1) }), new EngineOptions());
        BlockHeader tooNew = Mine(late, late.Tree.Genesis, new UnixTime(late.WallClock.Plus(TimeSpan.FromHours(2)).Milliseconds + 1));
        Assert.Equal(HeaderVerdict.Valid, late.Engine.Rules.VerifyHeader(tooNew, late.Tree.Genesis.AncestorsOfChild(), late.WallClock));
    }

    [Fact]
    public void VerifyHeader_WorkNotDone_IsInvalidEvenIfTooNew()
    {
        HeaderFields fields = HeaderMaker.FieldsOn(_script.Tree.Genesis) with { Time = new UnixTime(ulong.MaxValue) };
        ulong nonce = FirstNonce(in fields, Easy, meets: false);
        BlockHeader header = BlockHeader.Create(in fields, new ProofOfWorkSeal(Easy, nonce).Encode());
        Assert.Equal(HeaderVerdict.InvalidSeal, VerifyHeader(header, _script.Tree.Genesis));
    }

    [Fact]
    public void VerifyHeader_AnotherTargetThanTheOneDue_IsInvalid()
    {
        foreach (uint bits in new uint[] { 0x207ffffe, 0x2100ffff, 0x1f00ffff, 0x20800001, 0 })
        {
            HeaderFields fields = HeaderMaker.FieldsOn(_script.Tree.Genesis);
            BlockHeader header = BlockHeader.Create(in fields, new ProofOfWorkSeal(new CompactTarget(bits), 0).Encode());
            Assert.Equal(HeaderVerdict.InvalidSeal, VerifyHeader(header, _script.Tree.Genesis));
        }
    }

    [Fact]
    public void VerifyHeader_WorkOfAnotherHeader_IsInvalid()
    {
        HeaderFields fields = HeaderMaker.FieldsOn(_script.Tree.Genesis);
        ulong nonce = FirstNonce(in fields, Easy, meets: true);
        int valid = 0;
        for (ulong salt = 0; salt < 64; salt++)
        {
            HeaderFields other = HeaderMaker.FieldsOn(_script.Tree.Genesis, salt);
            BlockHeader header = BlockHeader.Create(in other, new ProofOfWorkSeal(Easy, nonce).Encode());
            valid += VerifyHeader(header, _script.Tree.Genesis) == HeaderVerdict.Valid ? 1 : 0;
        }

        // Half of all hashes meet this target; if the header were not part of the work, all would.
        Assert.InRange(valid, 10, 54);
    }

    [Fact]
    public void TryAdd_MutatedAndTruncatedHeaders_NeverThrows()
    {
        BlockTreeNode first = Add(_script.Tree.Genesis, HeaderMaker.Start.Plus(TimeSpan.FromSeconds(9)));
        byte[] encoded = Mine(first, HeaderMaker.Start.Plus(TimeSpan.FromSeconds(20))).Encoded.ToArray();
        var random = new DeterministicRandom(7);
        int decoded = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = encoded[..(random.NextIndex(10) == 0 ? random.NextIndex(encoded.Length) : encoded.Length)];
            for (int changes = random.NextIndex(3); changes >= 0 && bytes.Length > 0; changes--)
            {
                bytes[random.NextIndex(bytes.Length)] = (byte)random.NextBelow(256);
            }

            if (WireValue.TryDecode(bytes, out BlockHeader? header, out _))
            {
                decoded++;
                AddHeaderResult result = _script.Tree.TryAdd(header, _script.Engine.Rules, _script.WallClock);
                Assert.Equal(result.Status is AddHeaderStatus.Added or AddHeaderStatus.AlreadyKnown, result.Node is not null);
            }
        }

        Assert.InRange(decoded, 5_000, 20_000);
    }

    [Fact]
    public void Weight_ValidAndMalformedSeals_IsTheWorkOrNothing()
    {
        IHeaderRules rules = _script.Engine.Rules;
        Assert.Equal((UInt256)2, rules.Weight(_script.Tree.Genesis.Header));
        Assert.Equal(UInt256.Zero, rules.Weight(HeaderMaker.On(_script.Tree.Genesis, 0, [1, 2, 3])));
        Assert.Equal(UInt256.Zero, rules.Weight(HeaderMaker.On(_script.Tree.Genesis, 0, new ProofOfWorkSeal(default, 1).Encode())));
        Assert.False(rules.VerifyCertificate(_script.Tree.Genesis.Header, default, ValidatorSet.Empty));
    }

    [Fact]
    public void TryAdd_ChainMinedTwiceAsFast_GetsHarder()
    {
        var plugin = new ProofOfWorkConsensus(new ProofOfWorkOptions
        {
            TargetLimit = Easy,
            InitialTarget = new CompactTarget(0x200fffff),
            TargetSpacing = TimeSpan.FromSeconds(10),
            HalfLife = TimeSpan.FromSeconds(100),
        });
        var script = new EngineScript(plugin, new EngineOptions());
        BlockTreeNode tip = script.Tree.Genesis;
        for (int i = 0; i < 40; i++)
        {
            tip = script.Arrive(Mine(script, tip, tip.Header.Time.Plus(TimeSpan.FromSeconds(5))));
        }

        // 39 blocks after the first, 5 s early each: 195 s are almost two half-lives.
        Assert.True(ProofOfWorkSeal.TryDecode(tip.Header.Seal, out ProofOfWorkSeal seal));
        Assert.True(seal.Target.TryExpand(out UInt256 target));
        UInt256 initial = (UInt256)0x0fffff << 232;
        Assert.InRange((int)((target << 4) / (initial >> 4)).LowUInt64, 64, 72);
    }

    [Fact]
    public void Constructor_OptionOutOfRange_Throws()
    {
        AssertRefused(new ProofOfWorkOptions { TargetSpacing = TimeSpan.Zero });
        AssertRefused(new ProofOfWorkOptions { HalfLife = TimeSpan.FromMicroseconds(1) });
        AssertRefused(new ProofOfWorkOptions { TargetLimit = default });
        AssertRefused(new ProofOfWorkOptions { TargetLimit = new CompactTarget(0x1d80ffff) });
        AssertRefused(new ProofOfWorkOptions { InitialTarget = new CompactTarget(0x207fffff) });
        AssertRefused(new ProofOfWorkOptions { MedianTimeBlocks = 10 });
        AssertRefused(new ProofOfWorkOptions { MedianTimeBlocks = 0 });
        AssertRefused(new ProofOfWorkOptions { FutureLimit = TimeSpan.FromTicks(-1) });
        AssertRefused(new ProofOfWorkOptions { SafeDepth = -1 });
        AssertRefused(new ProofOfWorkOptions { SliceNonces = 0 });
        AssertRefused(new ProofOfWorkOptions { RebuildInterval = TimeSpan.Zero });
        Assert.Equal("pow", new ProofOfWorkConsensus().Name);

        static void AssertRefused(ProofOfWorkOptions options) =>
            Assert.ThrowsAny<ArgumentException>(() => new ProofOfWorkConsensus(options));
    }

    private static ProofOfWorkConsensus Plugin(ProofOfWorkOptions options) =>
        new(options with { TargetLimit = Easy, TargetSpacing = TimeSpan.FromSeconds(10) });

    /// <summary>Of a header a millisecond earlier than its parent, which stands on a few blocks.</summary>
    private static HeaderVerdict VerdictBeforeParent(EngineScript script, UnixTime at)
    {
        BlockTreeNode tip = script.Tree.Genesis;
        for (int i = 0; i < 4; i++)
        {
            tip = script.Arrive(Mine(script, tip, at.Plus(TimeSpan.FromSeconds(i))));
        }

        BlockHeader early = Mine(script, tip, new UnixTime(tip.Header.Time.Milliseconds - 1));
        return script.Engine.Rules.VerifyHeader(early, tip.AncestorsOfChild(), script.WallClock);
    }

    internal static BlockHeader Mine(EngineScript script, BlockTreeNode parent, UnixTime time, ulong salt = 0)
    {
        HeaderFields fields = HeaderMaker.FieldsOn(parent, salt) with { Time = time };
        var rules = (ProofOfWorkRules)script.Engine.Rules;
        Assert.True(rules.TryGetTargetAfter(parent.AncestorsOfChild(), out CompactTarget target));
        return BlockHeader.Create(in fields, new ProofOfWorkSeal(target, FirstNonce(in fields, target, meets: true)).Encode());
    }

    private static ulong FirstNonce(in HeaderFields fields, CompactTarget bits, bool meets)
    {
        Assert.True(bits.TryExpand(out UInt256 target));
        byte[] preimage = WorkPreimage.Create(BlockHeader.UnsealedHash(in fields), new ProofOfWorkSeal(bits, 0));
        var work = new Sha256dWork();
        for (ulong nonce = 0; ; nonce++)
        {
            WorkPreimage.SetNonce(preimage, nonce);
            if (work.Evaluate(preimage) <= target == meets)
            {
                return nonce;
            }
        }
    }

    private BlockHeader Mine(BlockTreeNode parent, UnixTime time) => Mine(_script, parent, time);

    private BlockTreeNode Add(BlockTreeNode parent, UnixTime time) => _script.Arrive(Mine(parent, time));

    private HeaderVerdict Verify(BlockTreeNode parent, UnixTime time) => VerifyHeader(Mine(parent, time), parent);

    private HeaderVerdict VerifyHeader(BlockHeader header, BlockTreeNode parent) =>
        _script.Engine.Rules.VerifyHeader(header, parent.AncestorsOfChild(), _script.WallClock);
}
