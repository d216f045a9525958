namespace Chain.Core.Wire.Tests.Peers;

public sealed class PeerMessageCodecTests
{
    public static TheoryData<MessageKind> Kinds => [.. Enum.GetValues<MessageKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decode_MoreBytesThanTheKindMayHave_IsTooLongBeforeAnythingIsRead(MessageKind kind)
    {
        var bytes = new byte[PeerMessageCodec.MaxBytes(kind) + 1];
        bytes[0] = (byte)kind;
        Assert.False(PeerMessageCodec.TryDecode(bytes, out _, out WireError error));
        Assert.Equal(kind == MessageKind.None ? WireError.OutOfRange : WireError.TooLong, error);
    }

    [Fact]
    public void Decode_UnknownKinds_AreOutOfRange()
    {
        for (int kind = (int)MessageKind.Consensus + 1; kind <= byte.MaxValue; kind++)
        {
            Assert.False(PeerMessageCodec.TryDecode(new byte[] { (byte)kind, 0x90 }, out _, out WireError error));
            Assert.Equal(WireError.OutOfRange, error);
        }
    }

    [Fact]
    public void Encode_AtTheLimits_IsTakenByTheDecoder()
    {
        PeerMessage[] messages =
        [
            new PeerMessage.Goodbye(new string('x', WireLimits.TextBytes)),
            new PeerMessage.AnnounceTransactions(new TransactionId[WireLimits.InventoryIds]),
            new PeerMessage.RequestTransactions(new TransactionId[WireLimits.InventoryIds]),
            new PeerMessage.RequestBlocks(new BlockId[WireLimits.InventoryIds]),
            new PeerMessage.BlocksNotFound(new BlockId[WireLimits.InventoryIds]),
            new PeerMessage.GetHeaders(new BlockId[WireLimits.LocatorIds]),
            new PeerMessage.Addresses([.. Enumerable.Repeat(Longest(), WireLimits.Addresses)]),
            new PeerMessage.Transactions([.. Enumerable.Repeat(Samples.Transfer, WireLimits.DeliveredTransactions)]),
            new PeerMessage.Headers([.. Enumerable.Repeat(Samples.Header, WireLimits.Headers)]),
            new PeerMessage.Consensus(new byte[WireLimits.ConsensusBytes]),
            new PeerMessage.StateChanges(Samples.Genesis, StateChangesAnswer.Given, new byte[WireLimits.StateChangesBytes]),
            new PeerMessage.Hello(
                uint.MaxValue, Samples.Genesis, uint.MaxValue, uint.MaxValue, (PeerCapabilities)uint.MaxValue,
                new string('x', WireLimits.TextBytes), Longest(), Samples.Genesis, new BlockHeight(ulong.MaxValue)),
        ];
        foreach (PeerMessage message in messages)
        {
            byte[] encoded = PeerMessageCodec.Encode(message);
            Assert.True(Decoders.Message(encoded, out byte[] again, out WireError error), $"{message.Kind}: {error}");
            Assert.Equal(encoded, again);
        }
    }

    [Fact]
    public void Encode_AboveTheLimits_Throws()
    {
        PeerMessage[] messages =
        [
            new PeerMessage.Goodbye(new string('x', WireLimits.TextBytes + 1)),
            new PeerMessage.AnnounceTransactions(new TransactionId[WireLimits.InventoryIds + 1]),
            new PeerMessage.RequestTransactions(new TransactionId[WireLimits.InventoryIds + 1]),
            new PeerMessage.RequestBlocks(new BlockId[WireLimits.InventoryIds + 1]),
            new PeerMessage.BlocksNotFound(new BlockId[WireLimits.InventoryIds + 1]),
            new PeerMessage.GetHeaders(new BlockId[WireLimits.LocatorIds + 1]),
            new PeerMessage.Addresses([.. Enumerable.Repeat(Longest(), WireLimits.Addresses + 1)]),
            new PeerMessage.Transactions([.. Enumerable.Repeat(Samples.Transfer, WireLimits.DeliveredTransactions + 1)]),
            new PeerMessage.Headers([.. Enumerable.Repeat(Samples.Header, WireLimits.Headers + 1)]),
            new PeerMessage.AnnounceBlocks([.. Enumerable.Repeat(LargestHeader(), 40)]),
            new PeerMessage.Consensus(new byte[WireLimits.ConsensusBytes + 1]),
            new PeerMessage.StateChanges(Samples.Genesis, StateChangesAnswer.Given, new byte[WireLimits.StateChangesBytes + 1]),
            new PeerMessage.StateChanges(Samples.Genesis, StateChangesAnswer.Given, default),
            new PeerMessage.StateChanges(Samples.Genesis, StateChangesAnswer.NotKept, new byte[1]),
        ];
        foreach (PeerMessage message in messages)
        {
            Assert.Throws<ArgumentException>(() => PeerMessageCodec.Encode(message));
        }
    }

    [Theory]
    [InlineData(StateChangesAnswer.Given, 0)]
    [InlineData(StateChangesAnswer.NotKept, 1)]
    [InlineData(StateChangesAnswer.TooMany, 1)]
    [InlineData((StateChangesAnswer)3, 0)]
    public void Decode_StateChangesThatDoNotFitTheirAnswer_AreOutOfRange(StateChangesAnswer answer, int bytes)
    {
        byte[] encoded = [(byte)MessageKind.StateChanges, .. new WireWriter()
            .ArrayHeader(3).Hash(Samples.Genesis.Value).UInt64((byte)answer).Bytes(new byte[bytes]).ToArray()];

        Assert.False(PeerMessageCodec.TryDecode(encoded, out _, out WireError error));
        Assert.Equal(WireError.OutOfRange, error);
    }

    [Fact]
    public void LaneOf_UrgentKinds_AreNeverBehindTransactionsOrSync()
    {
        Assert.Equal(MessageLane.Urgent, PeerMessageCodec.LaneOf(MessageKind.Consensus));
        Assert.Equal(MessageLane.Urgent, PeerMessageCodec.LaneOf(MessageKind.AnnounceBlocks));
        Assert.Equal(MessageLane.Blocks, PeerMessageCodec.LaneOf(MessageKind.DeliverBlock));
        Assert.Equal(MessageLane.Transactions, PeerMessageCodec.LaneOf(MessageKind.Transactions));
        Assert.Equal(MessageLane.Bulk, PeerMessageCodec.LaneOf(MessageKind.Headers));
        Assert.Equal(MessageLane.Bulk, PeerMessageCodec.LaneOf(MessageKind.StateChanges));
    }

    private static PeerAddress Longest()
    {
        string label = new('a', 63);
        return Samples.Address($"{label}.{label}.{label}.{new string('a', 61)}", 65535);
    }

    private static BlockHeader LargestHeader() => BlockHeader.Create(Samples.Header.Fields, new byte[WireLimits.SealBytes]);
}
