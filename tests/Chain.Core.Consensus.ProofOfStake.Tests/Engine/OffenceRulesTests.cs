using Chain.Core.Crypto;
using Chain.Core.Wire;
using static Chain.Core.Consensus.ProofOfStake.Tests.OneEngine;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>FAULTS row 37: what one engine makes of votes that exclude each other, however they come.</summary>
[Trait("Fault", "37")]
public sealed class OffenceRulesTests
{
    private static readonly BlockId Other = new(Sha256.Hash("another block"u8));

    private readonly OneEngine _engine = new();
    private readonly StakeOffences _offences = new(new ProofOfStakeOptions { Validators = TestKeys.Equal(4) });

    [Fact]
    public void Certificate_BesideAVoteForAnotherBlock_ProvesTheVoterGuilty()
    {
        _engine.Hear(_engine.Vote(VoteKind.Notarize, V(1), Other, 2));

        _engine.Hear(_engine.Certify(VoteKind.Notarize, V(1), new BlockId(Sha256.Hash("a block"u8))));

        AssertGuilty(2);
    }

    [Fact]
    public void Certificate_OfAForkOfAFinalBlock_ProvesAllItsSignersGuilty()
    {
        BlockTreeNode block = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        _engine.HearVotes(VoteKind.Notarize, V(1), block.Id);
        _engine.HearVotes(VoteKind.Finalize, V(1), block.Id);
        Assert.Equal(block.Id, _engine.Me.Tree.Finalized.Id);

        _engine.Hear(_engine.Certify(VoteKind.Finalize, V(1), Other));

        // Two of the three were in the quorum that was seen, the third came too late to count.
        AssertGuilty(1, 2);
        Assert.Equal(block.Id, _engine.Me.Tree.Finalized.Id);
    }

    [Fact]
    public void Votes_SameOffenceAgain_IsToldOnceAndNotVerifiedAgain()
    {
        _engine.Hear(_engine.Vote(VoteKind.Notarize, V(1), Other, 2));
        Vote second = _engine.Vote(VoteKind.Notarize, V(1), new BlockId(Sha256.Hash("a block"u8)), 2);

        _engine.Hear(second);
        _engine.Hear(second);

        AssertGuilty(2);
        Assert.Single(_engine.Me.Evidence);
    }

    [Fact]
    public void Votes_ManyBlocksOfOneValidator_KeepNobodyElseOut()
    {
        for (int i = 0; i < 40; i++)
        {
            _engine.Hear(_engine.Vote(VoteKind.Notarize, V(1), new BlockId(Sha256.Hash([(byte)i])), 3));
        }

        BlockTreeNode block = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        _engine.HearVotes(VoteKind.Notarize, V(1), block.Id, last: 2);

        Assert.Equal(V(2), _engine.View);
        AssertGuilty(3);
    }

    private void AssertGuilty(params int[] validators)
    {
        var named = new SortedSet<int>();
        foreach (byte[] proof in _engine.Me.Evidence)
        {
            Assert.True(_offences.TryRead(proof, out Offence? offence));
            named.Add(Array.FindIndex(_engine.Network.Keys, key => key.Key.Equals(offence.Offender)));
        }

        Assert.Equal(validators, named);
    }
}
