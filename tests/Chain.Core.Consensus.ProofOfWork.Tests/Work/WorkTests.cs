using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfWork.Tests;

public sealed class WorkTests
{
    private readonly Sha256dWork _work = new();

    [Fact]
    public void WorkPreimage_KnownSeal_HasItsPlaces()
    {
        Hash256 unsealed = Sha256.Hash("header"u8);
        byte[] preimage = WorkPreimage.Create(in unsealed, new ProofOfWorkSeal(new CompactTarget(0x1f00ffff), 0x0102030405060708));

        Assert.Equal(80, preimage.Length);
        Assert.Equal(unsealed.ToArray(), preimage[..32]);
        Assert.Equal(Sha256.Hash("chain-core/proof-of-work/v1"u8).ToArray(), preimage[32..64]);
        Assert.Equal("00000000ffff001f0807060504030201", Convert.ToHexStringLower(preimage[64..]));
    }

    // Bitcoin's genesis header is 80 bytes of the same length, and its hash is known.
    [Fact]
    public void Evaluate_BitcoinGenesis_IsItsBlockHash() => Assert.Equal(
        "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
        _work.Evaluate(Convert.FromHexString(
            "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f61"
            + "7fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c")).ToHexString());

    [Fact]
    public void TryFind_EasyTarget_FindsTheFirstThatWillDo()
    {
        byte[] preimage = WorkPreimage.Create(Sha256.Hash("x"u8), new ProofOfWorkSeal(new CompactTarget(0x1f00ffff), 0));
        UInt256 target = UInt256.MaxValue >> 8;
        Assert.True(_work.TryFind(preimage, in target, 1000, 100_000, out ulong nonce));
        for (ulong earlier = 1000; earlier <= nonce; earlier++)
        {
            WorkPreimage.SetNonce(preimage, earlier);
            Assert.Equal(earlier == nonce, _work.Evaluate(preimage) <= target);
        }
    }

    [Fact]
    public void NonceSearchJob_Slices_CountWhatTheyTriedAndGoAroundTheEnd()
    {
        byte[] preimage = WorkPreimage.Create(Sha256.Hash("y"u8), default);
        var hopeless = new NonceSearchJob(_work, preimage, UInt256.Zero, ulong.MaxValue - 5, 20);
        Assert.Equal(new NonceSearched(null, 20), hopeless.Run(null!));

        var sure = new NonceSearchJob(_work, preimage, UInt256.MaxValue, ulong.MaxValue, 20);
        Assert.Equal(new NonceSearched(ulong.MaxValue, 1), sure.Run(null!));
        Assert.Equal(sure.Run(null!), sure.Run(null!));

        // None of the last three nonces will do, so that the search goes on from 0.
        UInt256 target = UInt256.MaxValue >> 5;
        var around = new NonceSearchJob(_work, preimage, in target, ulong.MaxValue - 2, 1000);
        ulong expected = 0;
        for (ulong nonce = ulong.MaxValue - 2; ; nonce = unchecked(nonce + 1))
        {
            WorkPreimage.SetNonce(preimage, nonce);
            if (_work.Evaluate(preimage) <= target)
            {
                expected = nonce;
                break;
            }
        }

        Assert.InRange(expected, 0UL, 900UL);
        Assert.Equal(new NonceSearched(expected, expected + 4), around.Run(null!));
    }
}
