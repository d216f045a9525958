using System.Buffers.Binary;
using System.Text.Json;
using Chain.Core.Crypto;
using Chain.Core.Testing;

namespace Chain.Core.Consensus.ProofOfWork.Tests;

public sealed class BitcoinHeaderChainTests
{
    private const string Genesis =
        "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f61"
        + "7fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";

    private const string Block1 =
        "010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000982051fd1e4ba744bbbe680e1fee1467"
        + "7ba1a3c3540bf7b1cdb606e857233e0e61bc6649ffff001d01e36299";

    [Fact]
    public void TryAppend_Block1_AddsItsWork()
    {
        var chain = new BitcoinHeaderChain(BitcoinParameters.Mainnet, Read(Genesis));
        Assert.Equal((UInt256)0x100010001, chain.Work);
        Assert.Equal(BitcoinVerdict.Valid, chain.TryAppend(Read(Block1)));
        Assert.Equal((UInt256)0x200020002, chain.Work);
        Assert.Equal(1UL, chain.Height);
        Assert.Equal(Read(Block1), chain.Tip);
    }

    [Fact]
    public void TryRead_AnyBytes_RoundTripsOrRefuses()
    {
        byte[] bytes = Convert.FromHexString(Block1);
        var again = new byte[BitcoinHeader.Size];
        Read(Block1).WriteTo(again);
        Assert.Equal(bytes, again);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(BitcoinHeader.TryRead(bytes.AsSpan(0, length), out _));
        }

        Assert.False(BitcoinHeader.TryRead(new byte[81], out _));
        Assert.Throws<ArgumentException>(() => Read(Block1).WriteTo(new byte[79]));
    }

    [Fact]
    public void TryAppend_OneBitTurned_IsRefused()
    {
        byte[] bytes = Convert.FromHexString(Block1);
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(BitcoinHeader.TryRead(bytes, out BitcoinHeader header));
            var chain = new BitcoinHeaderChain(BitcoinParameters.Mainnet, Read(Genesis));
            BitcoinVerdict expected = bit switch
            {
                >= 32 and < 288 => BitcoinVerdict.WrongParent,
                >= 576 and < 608 => BitcoinVerdict.WrongTarget,
                _ => BitcoinVerdict.NoWork,
            };
            Assert.Equal(expected, chain.TryAppend(in header));
            Assert.Equal(0UL, chain.Height);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void TryAppend_TimeAtTheLatestAllowed_IsValidAndOneEarlierIsTooNew()
    {
        uint time = Read(Block1).Time;
        Assert.Equal(
            BitcoinVerdict.TimeTooNew,
            new BitcoinHeaderChain(BitcoinParameters.Mainnet, Read(Genesis)).TryAppend(Read(Block1), time - 1));
        Assert.Equal(
            BitcoinVerdict.Valid,
            new BitcoinHeaderChain(BitcoinParameters.Mainnet, Read(Genesis)).TryAppend(Read(Block1), time));
    }

    [VectorFact("chain/mainnet_headers_0_10236.bin")]
    [Trait("Fault", "30")]
    public void Fault30_MainnetFromGenesis_ReplaysExactly()
    {
        BitcoinHeader[] headers = Headers("chain/mainnet_headers_0_10236.bin");
        var chain = new BitcoinHeaderChain(BitcoinParameters.Mainnet, headers[0]);
        Assert.Equal(10237, headers.Length);
        foreach (BitcoinHeader header in headers.AsSpan(1))
        {
            Assert.Equal(BitcoinVerdict.Valid, chain.TryAppend(in header));
        }

        // No retarget moved the difficulty in 2009's first ten thousand blocks.
        Assert.Equal(10236UL, chain.Height);
        Assert.Equal((UInt256)(10237 * 0x100010001UL), chain.Work);
        Assert.Equal(new CompactTarget(0x1d00ffff), chain.NextTarget);
    }

    [VectorFact("chain/mainnet_headers_40000_49999.bin")]
    [Trait("Fault", "30")]
    public void Fault30_MainnetRetargets_ReplayExactly()
    {
        BitcoinHeader[] headers = Headers("chain/mainnet_headers_40000_49999.bin");
        var chain = new BitcoinHeaderChain(BitcoinParameters.Mainnet, headers[0], 40_000);
        var targets = new List<(ulong, uint)>();
        foreach (BitcoinHeader header in headers.AsSpan(1))
        {
            CompactTarget before = chain.Tip.Target;
            Assert.Equal(BitcoinVerdict.Valid, chain.TryAppend(in header));
            if (chain.Tip.Target != before)
            {
                targets.Add((chain.Height, chain.Tip.Target.Bits));
            }
        }

        // The first retarget is bounded only, because its period began before the file; the other four are exact.
        Assert.Equal([40_320UL, 42_336, 44_352, 46_368, 48_384], targets.Select(each => each.Item1));
        Assert.Equal(headers[^1].Target, chain.NextTarget);
        UInt256 work = headers.Aggregate(UInt256.Zero, (sum, header) => sum + WorkOf(header));
        Assert.Equal(work, chain.Work);
    }

    [VectorFact("chain/mainnet_headers_40000_49999.bin")]
    [Trait("Fault", "30")]
    public void Fault30_MainnetRetargetOffByOne_IsRefused()
    {
        BitcoinHeader[] headers = Headers("chain/mainnet_headers_40000_49999.bin");
        var chain = new BitcoinHeaderChain(BitcoinParameters.Mainnet, headers[0], 40_000);
        foreach (BitcoinHeader header in headers.AsSpan(1, 42_335 - 40_000))
        {
            Assert.Equal(BitcoinVerdict.Valid, chain.TryAppend(in header));
        }

        BitcoinHeader next = headers[42_336 - 40_000];
        Assert.Equal(next.Target, chain.NextTarget);
        foreach (uint bits in new[] { next.Target.Bits + 1, next.Target.Bits - 1, chain.Tip.Target.Bits, 0u })
        {
            Assert.Equal(BitcoinVerdict.WrongTarget, chain.TryAppend(next with { Target = new CompactTarget(bits) }));
        }

        Assert.Equal(BitcoinVerdict.Valid, chain.TryAppend(in next));
    }

    [Fact]
    public void TryAppend_FirstPeriodBeganBeforeTheStart_AcceptsWhatTheRuleCouldGive()
    {
        // Started one block before a retarget; targets from a quarter to four times the old one pass that check.
        BitcoinHeader first = Read(Genesis) with { Target = new CompactTarget(0x1c100000) };
        foreach ((uint bits, BitcoinVerdict expected) in new[]
        {
            (0x1c040000u, BitcoinVerdict.NoWork),
            (0x1c03ffffu, BitcoinVerdict.WrongTarget),
            (0x1c400000u, BitcoinVerdict.NoWork),
            (0x1c400001u, BitcoinVerdict.WrongTarget),
            (0x1d000400u, BitcoinVerdict.WrongTarget),
            (0x1c900000u, BitcoinVerdict.WrongTarget),
        })
        {
            var chain = new BitcoinHeaderChain(BitcoinParameters.Mainnet, first, 2015);
            var next = new BitcoinHeader(1, chain.TipHash, default, first.Time + 1, new CompactTarget(bits), 0);
            Assert.Equal(expected, chain.TryAppend(in next));
        }
    }

    [VectorFact("chain/core_mainnet_alt.json")]
    [Trait("Fault", "30")]
    public void Fault30_BitcoinCoresAlternateMainnet_QuadruplesItsDifficulty()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Vectors.PathOf("chain/core_mainnet_alt.json")));
        uint[] times = file.RootElement.GetProperty("timestamps").EnumerateArray().Select(time => time.GetUInt32()).ToArray();
        uint[] nonces = file.RootElement.GetProperty("nonces").EnumerateArray().Select(nonce => nonce.GetUInt32()).ToArray();
        var chain = new BitcoinHeaderChain(BitcoinParameters.Mainnet, Read(Genesis));
        for (int height = 1; height <= 2016; height++)
        {
            Hash256 root = Sha256.HashTwice(Coinbase(height));
            var target = new CompactTarget(height < 2016 ? 0x1d00ffff : 0x1c3fffc0u);
            Assert.Equal(target, chain.NextTarget);
            var header = new BitcoinHeader(0x20000000, chain.TipHash, root, times[height - 1], target, nonces[height - 1]);
            Assert.Equal(BitcoinVerdict.Valid, chain.TryAppend(in header));
        }

        Assert.Equal(
            "000000000c806553811fd3e6c40bc9c279db53643da7d3b401a9882c074c24b2",
            UInt256.FromLittleEndian(chain.TipHash).ToHexString());
    }

    [Fact]
    public void TryAppend_TimeAtTheMedianOfEleven_IsTooOldAndOneLaterIsNot()
    {
        // A network whose work anybody can do: half of all hashes meet the target.
        var easy = new BitcoinParameters { TargetLimit = new CompactTarget(0x207fffff) };
        BitcoinHeader genesis = Read(Genesis) with { Target = easy.TargetLimit, Time = 1000 };
        uint[] times = [1010, 1030, 1020, 1040, 1060, 1050, 1080, 1070, 1090, 1120, 1110, 1100];
        Assert.Equal(BitcoinVerdict.TimeTooOld, Grown().TryAppend(Solve(Grown(), 1070)));
        Assert.Equal(BitcoinVerdict.Valid, Grown().TryAppend(Solve(Grown(), 1071)));

        BitcoinHeaderChain Grown()
        {
            var chain = new BitcoinHeaderChain(easy, genesis);
            foreach (uint time in times)
            {
                Assert.Equal(BitcoinVerdict.Valid, chain.TryAppend(Solve(chain, time)));
            }

            return chain;
        }
    }

    private static BitcoinHeader Solve(BitcoinHeaderChain chain, uint time)
    {
        Assert.True(chain.NextTarget.TryExpand(out UInt256 target));
        var header = new BitcoinHeader(1, chain.TipHash, default, time, chain.NextTarget, 0);
        while (UInt256.FromLittleEndian(header.Hash) > target)
        {
            header = header with { Nonce = header.Nonce + 1 };
        }

        return header;
    }

    private static UInt256 WorkOf(BitcoinHeader header) =>
        header.Target.TryExpand(out UInt256 target) ? ChainWork.OfTarget(in target) : UInt256.Zero;

    private static BitcoinHeader Read(string hex)
    {
        Assert.True(BitcoinHeader.TryRead(Convert.FromHexString(hex), out BitcoinHeader header));
        return header;
    }

    private static BitcoinHeader[] Headers(string file)
    {
        byte[] bytes = File.ReadAllBytes(Vectors.PathOf(file));
        return bytes.Chunk(BitcoinHeader.Size)
            .Select(chunk => BitcoinHeader.TryRead(chunk, out BitcoinHeader header) ? header : throw new InvalidDataException(file))
            .ToArray();
    }

    /// <summary>The only transaction of such a block: the height as BIP 34 has it, and 50 coins to one key.</summary>
    private static byte[] Coinbase(int height)
    {
        byte[] script = height <= 16
            ? [(byte)(0x50 + height), 0]
            : height < 0x80 ? [1, (byte)height]
            : [2, (byte)(height & 0xff), (byte)(height >> 8)]; // a zero byte keeps 128 to 255 positive

        byte[] lockScript = Convert.FromHexString("76a914eadbac7f36c37e39361168b7aaee3cb24a25312d88ac");
        var value = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(value, 5_000_000_000);
        return
        [
            2, 0, 0, 0, 1, .. new byte[32], 0xff, 0xff, 0xff, 0xff, (byte)script.Length, .. script, 0xff, 0xff, 0xff, 0xff,
            1, .. value, (byte)lockScript.Length, .. lockScript, 0, 0, 0, 0,
        ];
    }
}
