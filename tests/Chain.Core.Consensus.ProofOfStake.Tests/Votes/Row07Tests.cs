using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Testing;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>Row 7 of the list of faults: votes that the same keys gave on another chain, near misses of our genesis id among them.</summary>
[Trait("Fault", "7")]
public sealed class Row07Tests
{
    private const int Validators = 100;

    private static readonly BlockId Own = new(Sha256.Hash("genesis"u8));
    private static readonly TestKey[] Keys = TestKeys.Of(Validators);

    private readonly DeterministicRandom _random = new(7);
    private readonly StakeTable _table;

    public Row07Tests() => Assert.True(StakeTable.TryCreate(TestKeys.Equal(Validators), out _table!));

    [Fact]
    public void Row07_VotesOfOtherChains_NoneCounts()
    {
        int votes = LongRun.Count(ordinary: 2_000, perFactor: 1_000_000);
        for (int done = 0; done < votes; done += Validators)
        {
            Assert.DoesNotContain(true, VerdictsUnder(Own, signedFor: Foreign()));
        }
    }

    /// <summary>The only reason is the chain.</summary>
    [Fact]
    public void Row07_MutantThatChecksAgainstTheSignersChain_CountsThem()
    {
        BlockId foreign = Foreign();

        Assert.DoesNotContain(false, VerdictsUnder(foreign, signedFor: foreign));
    }

    /// <summary>What each validator's vote for one statement is worth.</summary>
    private bool[] VerdictsUnder(BlockId genesis, BlockId signedFor)
    {
        var statement = new Statement((VoteKind)(1 + _random.NextIndex(3)), new View(_random.NextUInt64()), Sha256.Hash("block"u8));
        ReadOnlyMemory<byte> message = statement.SigningHash(genesis).ToArray();
        Hash256 signed = statement.SigningHash(signedFor);
        SignatureClaim[] claims = [.. Keys.Select(key => new SignatureClaim(key.PublicKey, message, key.Sign(signed)))];
        var verdicts = new bool[claims.Length];
        RealStakeCrypto.Instance.VerifyMany(claims, verdicts, _table);
        return verdicts;
    }

    /// <summary>Our genesis id with one bit changed, or any other.</summary>
    private BlockId Foreign()
    {
        byte[] id = Own.Value.ToArray();
        id[_random.NextIndex(id.Length)] ^= (byte)(1 << _random.NextIndex(8));
        return new BlockId(_random.NextBelow(2) == 0 ? new Hash256(id) : Sha256.Hash(id));
    }
}
