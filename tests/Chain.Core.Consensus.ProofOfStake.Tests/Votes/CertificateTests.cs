using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

public sealed class CertificateTests
{
    private static readonly BlockId Genesis = new(Sha256.Hash("genesis"u8));
    private static readonly Statement Final = new(VoteKind.Finalize, View.Of(2, 9), Sha256.Hash("block"u8));

    [Fact]
    public void Verify_MoreThanTwoThirds_HoldsAndSurvivesItsBytes()
    {
        StakeTable table = Table(1, 1, 1, 1);
        Certificate certificate = Make(table, Final, 0, 1, 3);

        Assert.True(Certificate.TryDecode(certificate.Encoded, out Certificate? decoded));
        Assert.True(decoded.Verify(table, Genesis));
        Assert.Equal([0, 1, 3], decoded.Places());
        Assert.Equal(Final, decoded.Statement);
    }

    [Fact]
    public void Verify_ExactlyTwoThirds_DoesNotHold() => Assert.False(Make(Table(1, 1, 1), Final, 0, 1).Verify(Table(1, 1, 1), Genesis));

    [Fact]
    public void Verify_CountsStakeNotHeads()
    {
        StakeTable table = Table(10, 1, 1, 1);

        Assert.True(Make(table, Final, 0).Verify(table, Genesis));
        Assert.False(Make(table, Final, 1, 2, 3).Verify(table, Genesis));
    }

    [Fact]
    public void Verify_OtherChainSetOrStatement_DoesNotHold()
    {
        StakeTable table = Table(1, 1, 1, 1);
        Certificate certificate = Make(table, Final, 0, 1, 2);

        Assert.False(certificate.Verify(table, new BlockId(Sha256.Hash("another"u8))));
        Assert.False(certificate.Verify(Table(1, 1, 1, 1, 1), Genesis));
        Assert.False(certificate.Verify(Table(1, 1), Genesis));
    }

    [Fact]
    public void TryDecode_BytesChangedOrCut_NeverVerifies()
    {
        StakeTable table = Table(1, 1, 1, 1);
        byte[] good = Make(table, Final, 0, 1, 2).Encoded.ToArray();
        var random = new DeterministicRandom(5);
        for (int i = 0; i < good.Length; i++)
        {
            Assert.False(Certificate.TryDecode(good.AsMemory(0, i), out _));
            byte[] bad = [.. good];
            bad[i] ^= (byte)(1 << random.NextIndex(8));
            Assert.False(Certificate.TryDecode(bad, out Certificate? certificate) && certificate.Verify(table, Genesis), $"byte {i}");
        }
    }

    [Fact]
    public void Encoded_MostValidators_FitsTheLimit()
    {
        StakeTable table = Table([.. Enumerable.Repeat(1UL, StakeLimits.Validators)]);
        var signatures = new ReadOnlyMemory<byte>[StakeLimits.Validators];
        Array.Fill(signatures, new byte[Ed25519.SignatureSize]);
        Certificate certificate = Certificate.Create(new Statement(VoteKind.Finalize, new View(ulong.MaxValue), Final.Subject), signatures);

        Assert.InRange(certificate.Encoded.Length, 1, StakeLimits.CertificateBytes);
        byte[] sets = EpochSets.Encode(table.Set, ValidatorSetCodec.Encode(TestKeys.Set([.. Enumerable.Repeat(ulong.MaxValue, StakeLimits.Validators)])));
        Assert.InRange(certificate.Encoded.Length + sets.Length + 256, 1, WireLimits.SealBytes);
    }

    private static StakeTable Table(params ReadOnlySpan<ulong> stakes)
    {
        Assert.True(StakeTable.TryCreate(TestKeys.Set(stakes), out StakeTable? table));
        return table;
    }

    private static Certificate Make(StakeTable table, Statement statement, params int[] signers)
    {
        var signatures = new ReadOnlyMemory<byte>[table.Count];
        TestKey[] keys = TestKeys.Of(table.Count);
        foreach (int signer in signers)
        {
            signatures[signer] = keys[signer].Sign(statement.SigningHash(Genesis));
        }

        return Certificate.Create(in statement, signatures);
    }
}
