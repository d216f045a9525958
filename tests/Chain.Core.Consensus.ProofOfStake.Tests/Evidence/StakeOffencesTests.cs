using Chain.Core.Consensus.Tests;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>FAULTS row 37, the engine's half: every offence is proved by itself, and nothing else passes for one.</summary>
public sealed class StakeOffencesTests
{
    private static readonly ProofOfStakeOptions Options = new() { Validators = TestKeys.Equal(4), EpochBlocks = 10 };
    private static readonly BlockHeader Genesis = HeaderMaker.Genesis(new ProofOfStakeConsensus(Options).GenesisSeal.Span);
    private static readonly StakeOffences Offences = new(Options);
    private static readonly TestKey Key = TestKeys.Of(4)[2];
    private static readonly View At = View.Of(5, 77);

    public static TheoryData<VoteKind, VoteKind, bool, string> Pairs => new()
    {
        { VoteKind.Propose, VoteKind.Propose, false, "two-proposals" },
        { VoteKind.Notarize, VoteKind.Notarize, false, "two-notarizations" },
        { VoteKind.Finalize, VoteKind.Finalize, false, "two-finalizations" },
        { VoteKind.Nullify, VoteKind.Finalize, true, "finalize-and-nullify" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void TryVerify_StatementsThatExcludeEachOther_ProveAnOffence(VoteKind one, VoteKind other, bool isZero, string kind)
    {
        byte[] proof = Prove(Sign(one, isZero ? default : Sha256.Hash("x"u8)), Sign(other, Sha256.Hash("y"u8)));

        Assert.True(Offences.TryVerify(Genesis.Id, proof, out Offence? offence));
        Assert.Equal((Key.Key, 5UL, kind), (offence.Offender, offence.Epoch, offence.Kind));
        Assert.False(Offences.TryVerify(new BlockId(Sha256.Hash("another"u8)), proof, out _));
    }

    [Fact]
    public void Create_WhatACorrectValidatorSigns_IsNoOffence()
    {
        DoubleVote.Signed notarize = Sign(VoteKind.Notarize, Sha256.Hash("x"u8));

        Assert.Throws<ArgumentException>(() => Prove(notarize, notarize));
        Assert.Throws<ArgumentException>(() => Prove(notarize, Sign(VoteKind.Finalize, Sha256.Hash("x"u8))));
        Assert.Throws<ArgumentException>(() => Prove(notarize, Sign(VoteKind.Nullify, default)));
        Assert.Throws<ArgumentException>(() => Prove(notarize, Sign(VoteKind.Notarize, Sha256.Hash("y"u8), View.Of(5, 78))));
    }

    [Fact]
    public void TryVerify_AnyByteChangedOrCut_ProvesNothing()
    {
        byte[] good = Prove(Sign(VoteKind.Notarize, Sha256.Hash("x"u8)), Sign(VoteKind.Notarize, Sha256.Hash("y"u8)));
        var random = new DeterministicRandom(3);
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= (byte)(1 << random.NextIndex(8));
            Assert.False(Offences.TryVerify(Genesis.Id, bad, out _), $"byte {i}");
            Assert.False(Offences.TryVerify(Genesis.Id, good.AsMemory(0, i), out _));
        }
    }

    [Fact]
    public void Encode_EitherOrder_IsOneProof()
    {
        DoubleVote.Signed one = Sign(VoteKind.Notarize, Sha256.Hash("x"u8));
        DoubleVote.Signed other = Sign(VoteKind.Notarize, Sha256.Hash("y"u8));

        Assert.Equal(Prove(one, other), Prove(other, one));
    }

    [Fact]
    public void TryVerify_HeaderSignedWithAWrongForm_ProvesAnOffence()
    {
        byte[] proof = Propose(View.Of(3, 1)); // height 1 is in epoch 0

        Assert.True(Offences.TryVerify(Genesis.Id, proof, out Offence? offence));
        Assert.Equal((Key.Key, "invalid-proposal"), (offence.Offender, offence.Kind));
        proof[^1] ^= 1;
        Assert.False(Offences.TryVerify(Genesis.Id, proof, out _));
    }

    [Fact]
    public void TryVerify_HeaderOfAGoodForm_ProvesNothing() => Assert.False(Offences.TryVerify(Genesis.Id, Propose(View.Of(0, 1)), out _));

    private static byte[] Propose(View view)
    {
        HeaderFields fields = HeaderMaker.FieldsOn(new BlockTree(Genesis).Genesis);
        byte[] set = ValidatorSetCodec.Encode(Options.Validators);
        var seal = new StakeSeal
        {
            View = view,
            ParentCertificate = default,
            Proof = new byte[Vrf.ProofSize],
            Randomness = default,
            Sets = EpochSets.Encode(Options.Validators, set),
        };
        byte[] signature = Key.Sign(seal.Proposal(in fields).SigningHash(Genesis.Id));
        return new InvalidProposal(Key.Key, BlockHeader.Create(in fields, seal.With(signature).Encode())).Encode();
    }

    private static DoubleVote.Signed Sign(VoteKind kind, Hash256 subject, View? view = null)
    {
        var statement = new Statement(kind, view ?? At, subject);
        return new DoubleVote.Signed(statement, Key.Sign(statement.SigningHash(Genesis.Id)));
    }

    private static byte[] Prove(DoubleVote.Signed one, DoubleVote.Signed other) => DoubleVote.Create(Key.Key, in one, in other).Encode();
}
