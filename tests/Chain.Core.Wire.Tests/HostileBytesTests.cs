using Chain.Core.Testing;
using CsCheck;

namespace Chain.Core.Wire.Tests;

/// <summary>Bytes that nobody honest would send: each is refused, cheaply, or is the one encoding of what it decodes to.</summary>
public sealed class HostileBytesTests
{
    /// <summary>What a refusal or a small value may cost beside its bytes.</summary>
    private const int SmallAllocation = 2048;

    private static readonly byte[][] Encodings =
    [
        .. Samples.Messages.Values.Select(PeerMessageCodec.Encode),
        .. Generated(120),
    ];

    [Fact]
    public void Decode_EverySampleCutAtEveryLength_IsRefused()
    {
        foreach (byte[] encoding in Encodings)
        {
            for (int length = 0; length < encoding.Length; length++)
            {
                Assert.False(Decoders.Message(encoding.AsMemory(0, length), out _, out WireError error));
                Assert.NotEqual(WireError.None, error);
            }
        }
    }

    [Fact]
    public void Decode_EverySampleWithAByteMore_IsRefused()
    {
        foreach (byte[] encoding in Encodings)
        {
            foreach (byte extra in new byte[] { 0x00, 0x01, 0x90, 0xc0 })
            {
                Assert.False(Decoders.Message((byte[])[.. encoding, extra], out _, out WireError error));
                Assert.NotEqual(WireError.None, error);
            }
        }
    }

    [Fact]
    public void Decode_EveryBitOfEverySampleFlipped_IsRefusedOrCanonical()
    {
        foreach (byte[] encoding in Samples.Messages.Values.Select(PeerMessageCodec.Encode))
        {
            byte[] mutant = [.. encoding];
            for (int bit = 0; bit < mutant.Length * 8; bit++)
            {
                mutant[bit / 8] ^= (byte)(1 << (bit % 8));
                CheckCanonical(mutant);
                mutant[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    [Fact]
    [Trait("Fault", "4")]
    public void Decode_ManyMutants_AcceptsNoneWithOtherBytesThanTheCanonicalOnes()
    {
        var random = new Random(20_261_123);
        int accepted = 0;
        int mutants = LongRun.Count(100_000, 10_000_000);
        for (int i = 0; i < mutants; i++)
        {
            accepted += CheckCanonical(Mutation.Of(Encodings[random.Next(Encodings.Length)], random)) ? 1 : 0;
        }

        // Changed nonces, hashes and payloads are values of their own: without them the test would prove little.
        Assert.InRange(accepted, mutants / 50, mutants);
    }

    [Theory]
    [InlineData(MessageKind.Transactions)]
    [InlineData(MessageKind.AnnounceBlocks)]
    [InlineData(MessageKind.Headers)]
    [InlineData(MessageKind.Addresses)]
    [InlineData(MessageKind.AnnounceTransactions)]
    [InlineData(MessageKind.RequestBlocks)]
    [InlineData(MessageKind.GetHeaders)]
    [Trait("Fault", "2")]
    public void Decode_CountThatLies_AllocatesNothingForIt(MessageKind kind)
    {
        foreach (string header in new[] { "dcffff", "ddffffffff", "dd7fffffff", "dc0400", "dc0200", "dc0100", "dc0040", "9f" })
        {
            foreach (int bytes in new[] { 0, 100, 1000 })
            {
                byte[] message = [(byte)kind, .. Convert.FromHexString(header), .. new byte[bytes]];
                Assert.InRange(Allocated(message, isAccepted: false), 0, (4 * message.Length) + SmallAllocation);
            }
        }
    }

    [Theory]
    [InlineData(MessageKind.Consensus, "91c6ffffffff")]
    [InlineData(MessageKind.Consensus, "91c67fffffff")]
    [InlineData(MessageKind.Consensus, "91c5ffff")]
    [InlineData(MessageKind.Goodbye, "91dbffffffff")]
    [InlineData(MessageKind.Goodbye, "91d980")]
    [InlineData(MessageKind.DeliverBlock, "9192980101c6ffffffff")]
    [InlineData(MessageKind.Transactions, "91929801c6ffffffff")]
    [InlineData(MessageKind.CompactBlock, "949801c6ffffffff")]
    [InlineData(MessageKind.GetBlockTransactions, "92c420000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1fdc8000")]
    [InlineData(MessageKind.BlockTransactions, "92c420000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1fdc8000")]
    [Trait("Fault", "2")]
    public void Decode_LengthThatLies_AllocatesNothingForIt(MessageKind kind, string start)
    {
        byte[] message = [(byte)kind, .. Convert.FromHexString(start), 1, 2, 3];
        Assert.InRange(Allocated(message, isAccepted: false), 0, SmallAllocation);
    }

    [Theory]
    [InlineData("91")] // arrays in arrays
    [InlineData("81")] // maps in maps
    [InlineData("c0")] // nil
    [InlineData("c9")] // extensions
    [InlineData("dd")]
    [InlineData("df")]
    [InlineData("ff")]
    [InlineData("00")]
    [Trait("Fault", "2")]
    public void Decode_TwoMegabytesOfOneByte_AreRefusedForNothing(string repeated)
    {
        byte value = Convert.ToByte(repeated, 16);
        foreach (MessageKind kind in Enum.GetValues<MessageKind>())
        {
            foreach (int length in new[] { 64, 1000, int.Max(2, PeerMessageCodec.MaxBytes(kind)), 2 << 20 })
            {
                var message = new byte[length];
                Array.Fill(message, value);
                message[0] = (byte)kind;
                Assert.InRange(Allocated(message, isAccepted: false), 0, SmallAllocation);
            }
        }
    }

    [Fact]
    [Trait("Fault", "2")]
    public void Decode_AnArrayOfAThousandNilsWhereValuesBelong_IsRefusedForItsOwnSize()
    {
        foreach (MessageKind kind in Enum.GetValues<MessageKind>())
        {
            byte[] message = [(byte)kind, 0xdc, 0x03, 0xe8, .. Enumerable.Repeat((byte)0xc0, 1000)];
            Assert.InRange(Allocated(message, isAccepted: false), 0, (4 * message.Length) + SmallAllocation);
        }
    }

    [Fact]
    [Trait("Fault", "2")]
    public void Decode_AsManyOfTheSmallestValuesAsFit_AllocatesAtMostFourTimesTheInput()
    {
        TransactionId[] ids = [.. Enumerable.Repeat(new TransactionId(Samples.Hash(1)), WireLimits.InventoryIds)];
        Transaction smallest = Smallest();
        BlockHeader header = BlockHeader.Create(default, []);
        Block block = Block.Create(header, [.. Enumerable.Repeat(smallest, WireLimits.BlockTransactions)]);
        foreach (PeerMessage message in new PeerMessage[]
        {
            new PeerMessage.AnnounceTransactions(ids),
            new PeerMessage.Transactions([.. Enumerable.Repeat(smallest, WireLimits.DeliveredTransactions)]),
            new PeerMessage.Headers([.. Enumerable.Repeat(header, WireLimits.Headers)]),
            new PeerMessage.DeliverBlock(block),
            new PeerMessage.Consensus(new byte[WireLimits.ConsensusBytes]),
        })
        {
            byte[] encoded = PeerMessageCodec.Encode(message);
            Assert.InRange(Allocated(encoded, isAccepted: true), 0, (4 * encoded.Length) + SmallAllocation);
        }
    }

    [Fact]
    public void Decode_AsManyOfTheSmallestAddressesAsFit_AllocatesLittle()
    {
        var message = new PeerMessage.Addresses([.. Enumerable.Repeat(Samples.Address("a", 1), WireLimits.Addresses)]);
        Assert.InRange(Allocated(PeerMessageCodec.Encode(message), isAccepted: true), 0, 64 * 1024);
    }

    [Fact]
    [Trait("Fault", "3")]
    public void Decode_RandomBytes_NeverThrows()
    {
        var random = new Random(7);
        for (int i = LongRun.Count(20_000, 10_000_000); i > 0; i--)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            if (bytes.Length > 0)
            {
                bytes[0] = (byte)random.Next(23);
            }

            CheckCanonical(bytes);
        }
    }

    private static bool CheckCanonical(byte[] bytes)
    {
        if (!Decoders.Message(bytes, out byte[] again, out WireError error))
        {
            Assert.NotEqual(WireError.None, error);
            return false;
        }

        Assert.True(bytes.AsSpan().SequenceEqual(again), $"{Convert.ToHexString(bytes)} was taken for {Convert.ToHexString(again)}.");
        return true;
    }

    private static long Allocated(byte[] message, bool isAccepted)
    {
        // Once before, so that nothing is counted that the runtime makes only the first time.
        PeerMessageCodec.TryDecode(message, out _, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool accepted = PeerMessageCodec.TryDecode(message, out _, out _);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(isAccepted, accepted);
        return allocated;
    }

    private static Transaction Smallest()
    {
        // Names of 16 characters each cost the most memory for their bytes.
        byte[] encoded = new WireWriter()
            .ArrayHeader(2)
            .ArrayHeader(8).UInt64(1).Bytes([]).UInt64(0).UInt64(0).UInt64(0).String(new string('m', 16)).String(new string('m', 16)).Bytes([])
            .Bytes(new byte[WireLimits.MinTransactionBytes - 46])
            .ToArray();
        Assert.Equal(WireLimits.MinTransactionBytes, encoded.Length);
        Assert.True(WireValue.TryDecode(encoded, out Transaction? transaction, out WireError error), $"{error}");
        return transaction;
    }

    private static List<byte[]> Generated(int count)
    {
        var encodings = new List<byte[]>();
        WireGenerators.Message.Sample(
            message =>
            {
                byte[] encoded = PeerMessageCodec.Encode(message);
                if (encoded.Length < 2000)
                {
                    encodings.Add(encoded);
                }
            },
            iter: count, threads: 1, seed: "0N0XIzNsQ0O2");
        return encodings;
    }
}
