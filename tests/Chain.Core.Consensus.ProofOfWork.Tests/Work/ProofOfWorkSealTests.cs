using Chain.Core.Wire;
using CsCheck;

namespace Chain.Core.Consensus.ProofOfWork.Tests;

public sealed class ProofOfWorkSealTests
{
    [Fact]
    public void Encode_AnySeal_RoundTrips() => Gen.Select(Gen.UInt, Gen.ULong).Sample(
        (bits, nonce) =>
        {
            var seal = new ProofOfWorkSeal(new CompactTarget(bits), nonce);
            byte[] bytes = seal.Encode();
            Assert.InRange(bytes.Length, 3, 15);
            Assert.True(ProofOfWorkSeal.TryDecode(bytes, out ProofOfWorkSeal decoded));
            Assert.Equal(seal, decoded);
        },
        iter: 5_000);

    [Fact]
    public void Encode_KnownSeal_StaysAsItIs()
    {
        byte[] bytes = new ProofOfWorkSeal(new CompactTarget(0x1f00ffff), 0x0102030405060708).Encode();
        Assert.Equal("92ce1f00ffffcf0102030405060708", Convert.ToHexStringLower(bytes));
        Assert.Equal("920000", Convert.ToHexStringLower(default(ProofOfWorkSeal).Encode()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("92")]
    [InlineData("9200")]
    [InlineData("92000000")]
    [InlineData("930000")]
    [InlineData("92cc0000")]
    [InlineData("92cf00000001ffffffff00")]
    [InlineData("92c0c0")]
    [InlineData("92a0a0")]
    [InlineData("dc00020000")]
    [InlineData("80")]
    public void TryDecode_AnotherSpelling_IsRefused(string hex) =>
        Assert.False(ProofOfWorkSeal.TryDecode(Convert.FromHexString(hex), out _));

    [Fact]
    public void TryDecode_MutatedBytes_NeverThrowsAndIsCanonical() => Gen.Byte.Array[0, 24].Sample(
        bytes =>
        {
            if (ProofOfWorkSeal.TryDecode(bytes, out ProofOfWorkSeal seal))
            {
                Assert.Equal(bytes, seal.Encode());
            }
        },
        iter: 50_000);

    [Fact]
    public void VerifyHeader_SealsOfAllShapes_NeverThrows()
    {
        var script = new Consensus.Tests.EngineScript(new ProofOfWorkConsensus());
        BlockTreeNode genesis = script.Tree.Genesis;
        HeaderFields fields = Consensus.Tests.HeaderMaker.FieldsOn(genesis);
        Gen.OneOf(
            Gen.Byte.Array[0, 40],
            Gen.Select(Gen.UInt, Gen.ULong, (bits, nonce) => new ProofOfWorkSeal(new CompactTarget(bits), nonce).Encode())).Sample(
            bytes =>
            {
                BlockHeader header = BlockHeader.Create(in fields, bytes);
                HeaderVerdict verdict = script.Engine.Rules.VerifyHeader(header, genesis.AncestorsOfChild(), script.WallClock);
                bool isSeal = ProofOfWorkSeal.TryDecode(bytes, out _);
                Assert.Equal(isSeal ? HeaderVerdict.InvalidSeal : HeaderVerdict.MalformedSeal, verdict);
                Assert.Equal(bytes, header.Seal.ToArray());
                script.Engine.Rules.Weight(header);
            },
            iter: 20_000);
    }
}
