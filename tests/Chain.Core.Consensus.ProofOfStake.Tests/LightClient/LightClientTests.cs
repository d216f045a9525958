using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>FAULTS rows 39 and 40, against a chain of short epochs that real engines made.</summary>
[Trait("Fault", "40")]
public sealed class LightClientTests : IClassFixture<LightClientTests.ChainOfEpochs>
{
    private readonly ChainOfEpochs _chain;
    private readonly LightClient _client;

    public LightClientTests(ChainOfEpochs chain)
    {
        _chain = chain;
        _client = chain.NewClient();
    }

    [Fact]
    public void Accept_BlocksOfOneEpoch_AreTrusted()
    {
        Assert.Equal(LightVerdict.Trusted, _client.Accept(_chain.Final(2), _chain.Now));
        Assert.Equal(_chain.Final(2).Header.Id, _client.Trusted.Id);
        Assert.Equal(LightVerdict.AlreadyTrusted, _client.Accept(_chain.Final(2), _chain.Now));
        Assert.Equal(LightVerdict.TooLow, _client.Accept(_chain.Final(1), _chain.Now));
    }

    [Fact]
    public void Accept_EpochByEpoch_FollowsTheSets()
    {
        for (ulong epoch = 1; epoch < 5; epoch++)
        {
            Assert.Equal(LightVerdict.Trusted, _client.Accept(_chain.Final((epoch * ChainOfEpochs.Length) + 1), _chain.Now));
        }
    }

    [Fact]
    public void Accept_FarAhead_IsTrustedWhileTheStakeCarriesOver() =>
        Assert.Equal(LightVerdict.Trusted, _client.Accept(_chain.Final((4 * ChainOfEpochs.Length) + 1), _chain.Now));

    [Fact]
    public void Accept_FarAheadNotTheFirstOfItsEpoch_IsNotEnough() =>
        Assert.Equal(LightVerdict.NeedsFirstOfEpoch, _client.Accept(_chain.Final((4 * ChainOfEpochs.Length) + 2), _chain.Now));

    [Fact]
    [Trait("Fault", "39")]
    public void Accept_TrustTooOld_IsRefused()
    {
        UnixTime late = _chain.Network.Genesis.Time.Plus(TimeSpan.FromDays(14)).Plus(TimeSpan.FromMilliseconds(1));

        Assert.Equal(LightVerdict.TrustExpired, _client.Accept(_chain.Final(2), late));
    }

    [Fact]
    public void Accept_HeaderOfTheFuture_IsRefused()
    {
        LightBlock block = _chain.Final(2);

        Assert.Equal(LightVerdict.TimeTooNew, _client.Accept(block, new UnixTime(block.Header.Time.Milliseconds - 10_001)));
    }

    [Fact]
    public void Accept_Lunatic_HeaderOfHisOwn_IsRefused()
    {
        LightBlock good = _chain.Final(2);
        BlockHeader lie = BlockHeader.Create(good.Header.Fields with { StateRoot = Sha256.Hash("rich"u8) }, good.Header.Seal.Span);

        Assert.Equal(LightVerdict.InvalidCertificate, _client.Accept(good with { Header = lie }, _chain.Now));

        // Signed by one faulty validator of four, a third of the stake at most.
        var statement = new Statement(VoteKind.Finalize, View.Of(0, 2), lie.Id.Value);
        Assert.Equal(LightVerdict.InvalidCertificate, _client.Accept(new LightBlock(lie, _chain.Sign(statement, 3), good.Validators), _chain.Now));
    }

    [Fact]
    public void Accept_ValidatorsOfHisOwn_AreRefused()
    {
        LightBlock good = _chain.Final((4 * ChainOfEpochs.Length) + 1);

        Assert.Equal(LightVerdict.WrongValidators, _client.Accept(good with { Validators = TestKeys.Equal(5) }, _chain.Now));
    }

    [Fact]
    public void Accept_FarAheadBySetThatNobodyTrusts_IsTooFar()
    {
        // A client that trusts only keys that do not vote any more.
        var client = new LightClient(
            _chain.Rules, new LightCheckpoint(_chain.Network.Genesis, TestKeys.Equal(7), TestKeys.Equal(7)));
        ValidatorSet[] sets = [TestKeys.Equal(4), TestKeys.Equal(7)];
        bool shared = sets[0].Validators.Any(one => sets[1].Validators.Any(other => other.Key.Equals(one.Key)));
        Assert.True(shared);

        Assert.Equal(LightVerdict.Trusted, client.Accept(_chain.Final((4 * ChainOfEpochs.Length) + 1), _chain.Now));

        var strangers = new LightClient(
            _chain.Rules, new LightCheckpoint(_chain.Network.Genesis, ChainOfEpochs.Strangers, ChainOfEpochs.Strangers));
        Assert.Equal(LightVerdict.TooFarAhead, strangers.Accept(_chain.Final((4 * ChainOfEpochs.Length) + 1), _chain.Now));
    }

    [Fact]
    public void TryFindFork_TwoFinalBlocksOfOneView_NamesTheGuilty()
    {
        LightBlock good = _chain.Final(2);
        Assert.Equal(LightVerdict.Trusted, _client.Accept(good, _chain.Now));
        Assert.True(Certificate.TryDecode(good.Certificate, out Certificate? certificate));
        BlockHeader lie = BlockHeader.Create(good.Header.Fields with { StateRoot = Sha256.Hash("rich"u8) }, good.Header.Seal.Span);
        var statement = new Statement(VoteKind.Finalize, certificate.View, lie.Id.Value);
        var witness = new LightBlock(lie, _chain.Sign(statement, 1, 2, 3), good.Validators);

        Assert.True(_client.TryFindFork(witness, _chain.Now, out LightFork? fork));
        Assert.True(fork.Offences.Count >= 2, $"{fork.Offences.Count} of the signers are in both certificates");
        var offences = new StakeOffences(_chain.Network.Options);
        Assert.All(fork.Offences, proof => Assert.True(offences.TryVerify(_chain.Network.Genesis.Id, proof, out _)));
    }

    [Fact]
    public void TryFindFork_HonestOrUnprovedWitness_FindsNone()
    {
        LightBlock good = _chain.Final(2);
        Assert.Equal(LightVerdict.Trusted, _client.Accept(good, _chain.Now));
        BlockHeader lie = BlockHeader.Create(good.Header.Fields with { StateRoot = Sha256.Hash("rich"u8) }, good.Header.Seal.Span);

        Assert.False(_client.TryFindFork(good, _chain.Now, out _));
        Assert.False(_client.TryFindFork(good with { Header = lie }, _chain.Now, out _));
    }

    /// <summary>Six epochs of four validators with real signatures.</summary>
    public sealed class ChainOfEpochs
    {
        public const ulong Length = 3;

        private readonly Dictionary<ulong, LightBlock> _final = [];

        public ChainOfEpochs()
        {
            Network = new StakeNetwork(new ProofOfStakeOptions { Validators = TestKeys.Equal(4), EpochBlocks = Length }).StartAll();
            Network.RunUntil(() => Network.Nodes[0].Finalized.Count >= 16, TimeSpan.FromSeconds(60));
            foreach ((BlockId id, BlockHeight height, Certificate certificate, _) in Network.Nodes[0].Finalized)
            {
                Assert.True(Network.Nodes[0].Tree.TryGet(id, out BlockTreeNode? node));
                _final.Add(height.Value, new LightBlock(node.Header, certificate.Encoded, Network.Options.Validators));
            }

            Rules = new StakeFinality(Network.Genesis, Network.Options);
            Now = Network.WallClockOf(0);
        }

        internal static ValidatorSet Strangers { get; } = new(
            [.. TestKeys.Equal(12).Validators.Where(validator => !TestKeys.Equal(4).Validators.Any(other => other.Key.Equals(validator.Key)))]);

        internal StakeNetwork Network { get; }

        internal StakeFinality Rules { get; }

        internal UnixTime Now { get; }

        internal LightClient NewClient() =>
            new(Rules, new LightCheckpoint(Network.Genesis, Network.Options.Validators, Network.Options.Validators));

        internal LightBlock Final(ulong height) => _final[height];

        internal byte[] Sign(Statement statement, params int[] signers)
        {
            var signatures = new ReadOnlyMemory<byte>[4];
            foreach (int signer in signers)
            {
                signatures[signer] = Network.Sign(signer, statement.SigningHash(Network.Genesis.Id));
            }

            return Certificate.Create(in statement, signatures).Encoded.ToArray();
        }
    }
}
