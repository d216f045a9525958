using Chain.Core.Crypto;
using Chain.Core.Wire;
using static Chain.Core.Consensus.ProofOfStake.Tests.OneEngine;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>Which signatures of a header are verified together, and what a header costs that no leader signed.</summary>
public sealed class HeaderSignaturesTests
{
    private const int Few = 4;
    private const int Many = 10;

    [Fact]
    public void VerifyHeader_FewVotesUnknown_VerifiesThemWithTheLeadersSignature()
    {
        (HeaderVerdict verdict, List<int> batches) = Verify(Few, static seal => seal);

        Assert.Equal(HeaderVerdict.Valid, verdict);
        Assert.Equal([1 + 3], batches);
    }

    [Fact]
    public void VerifyHeader_ManyVotesUnknown_VerifiesThemAfterTheLeadersSignature()
    {
        (HeaderVerdict verdict, List<int> batches) = Verify(Many, static seal => seal);

        Assert.Equal(HeaderVerdict.Valid, verdict);
        Assert.Equal([1, 7], batches);
    }

    [Fact]
    public void VerifyHeader_ManyVotesAndFalseLeadersSignature_VerifiesNoVote()
    {
        (HeaderVerdict verdict, List<int> batches) = Verify(Many, static seal => seal.With(new byte[Ed25519.SignatureSize]));

        Assert.Equal(HeaderVerdict.InvalidSeal, verdict);
        Assert.Equal([1], batches);
    }

    [Theory]
    [InlineData(Few)]
    [InlineData(Many)]
    public void VerifyHeader_OneFalseVote_IsNotValid(int validators)
    {
        (HeaderVerdict verdict, _) = Verify(validators, static seal => seal, isLastVoteFalse: true);

        Assert.Equal(HeaderVerdict.InvalidSeal, verdict);
    }

    /// <summary>What fresh rules say of the second block of a chain, and how many signatures they verified at a time.</summary>
    private static (HeaderVerdict Verdict, List<int> Batches) Verify(
        int validators, Func<StakeSeal, StakeSeal> change, bool isLastVoteFalse = false)
    {
        var engine = new OneEngine(options => options with { Validators = TestKeys.Equal(validators) });
        BlockTreeNode first = engine.Arrive(engine.Propose(V(1), engine.Genesis, null));
        int quorum = (2 * validators / 3) + 1;
        var signatures = new ReadOnlyMemory<byte>[quorum];
        for (int signer = 0; signer < quorum; signer++)
        {
            signatures[signer] = isLastVoteFalse && signer == quorum - 1
                ? new byte[Ed25519.SignatureSize]
                : engine.Vote(VoteKind.Notarize, V(1), first.Id, signer).Signature;
        }

        var certificate = Certificate.Create(new Statement(VoteKind.Notarize, V(1), first.Id.Value), signatures);
        BlockHeader header = engine.Propose(V(2), first, certificate);
        Assert.True(StakeSeal.TryDecode(header.Seal, out StakeSeal? seal));
        header = BlockHeader.Create(header.Fields, change(seal).Encode());

        var crypto = new CountingCrypto();
        var plugin = new ProofOfStakeConsensus(engine.Network.Options, crypto, static view => (int)(view.Index % 4));
        IHeaderRules rules = plugin.CreateRules(engine.Network.Genesis);
        return (rules.VerifyHeader(header, first.AncestorsOfChild(), engine.Network.WallClockOf(0)), crypto.Batches);
    }

    private sealed class CountingCrypto : IStakeCrypto
    {
        public List<int> Batches { get; } = [];

        public void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts, StakeTable table)
        {
            Batches.Add(claims.Length);
            ToyCrypto.Instance.VerifyMany(claims, verdicts, table);
        }

        public bool VerifyRandomness(ReadOnlySpan<byte> publicKey, Hash256 input, ReadOnlySpan<byte> proof, Span<byte> output) =>
            ToyCrypto.Instance.VerifyRandomness(publicKey, input, proof, output);

        public bool TryReadRandomness(ReadOnlySpan<byte> proof, Span<byte> output) => ToyCrypto.Instance.TryReadRandomness(proof, output);
    }
}
