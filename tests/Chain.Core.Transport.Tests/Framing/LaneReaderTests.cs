using System.Buffers.Binary;
using Chain.Core.Testing;
using Chain.Core.Wire;
using CsCheck;

namespace Chain.Core.Transport.Tests.Framing;

public sealed class LaneReaderTests
{
    private static readonly Gen<PeerMessage> Messages = Gen.OneOf<PeerMessage>(
        Gen.ULong.Select(nonce => (PeerMessage)new PeerMessage.Ping(nonce)),
        Gen.Byte.Array[0, 40_000].Select(payload => (PeerMessage)new PeerMessage.Consensus(payload)),
        Gen.Int[0, 100].Select(count => (PeerMessage)new PeerMessage.GetHeaders(new BlockId[Math.Min(count, WireLimits.LocatorIds)])));

    [Fact]
    public void Read_StreamCutAnywhere_GivesTheSameMessages() =>
        Gen.Select(Messages.Array[1, 5], Gen.Int[1, 50_000].Array[1, 20]).Sample(
            (messages, cuts) =>
            {
                byte[] stream = [.. messages.SelectMany(Frame.Encode)];
                var reader = new LaneReader();
                List<PeerMessage> read = [];
                int position = 0;
                for (int i = 0; position < stream.Length; i++)
                {
                    int part = Math.Min(cuts[i % cuts.Length], stream.Length - position);
                    if (reader.Read([0, .. stream.AsSpan(position, part)], read) is not null)
                    {
                        return false;
                    }

                    position += part;
                }

                return read.SelectMany(Frame.Encode).SequenceEqual(stream);
            },
            iter: LongRun.Count(100, 20_000),
            seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Read_ArbitraryRecords_NeverThrowAndNeverKeepMoreThanCame() =>
        Gen.Byte.Array[0, 300].Array[1, 20].Sample(
            records =>
            {
                var reader = new LaneReader();
                List<PeerMessage> read = [];
                foreach (byte[] record in records)
                {
                    if (record.Length > 0)
                    {
                        record[0] %= 5;
                    }

                    if (reader.Read(record, read) is not null)
                    {
                        break;
                    }
                }
            },
            iter: LongRun.Count(500, 200_000),
            seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Read_MutatedMessage_IsTheSameOrRefusedOrAnother() =>
        Gen.Select(Messages, Gen.Int[0, int.MaxValue], Gen.Byte).Sample(
            (message, at, value) =>
            {
                byte[] frame = Frame.Encode(message);
                frame[at % frame.Length] = value;
                List<PeerMessage> read = [];
                string? refusal = new LaneReader().Read([0, .. frame], read);

                // What is accepted is spelled as it came: one value, one encoding.
                return refusal is not null || read.SelectMany(Frame.Encode).SequenceEqual(frame.AsSpan(0, read.Sum(m => Frame.Encode(m).Length)).ToArray());
            },
            iter: LongRun.Count(500, 200_000),
            seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Read_EveryKindWithLengthOneOverItsCap_IsRefusedAtTheHeader()
    {
        int kinds = 0;
        for (int kind = 0; kind <= byte.MaxValue; kind++)
        {
            int cap = PeerMessageCodec.MaxBytes((MessageKind)kind);
            bool isOptional = cap == 0 && kind >= Frame.FirstOptionalKind;
            cap = isOptional ? Frame.OptionalBytes : cap;
            Assert.NotNull(ReadHeader(cap + 1, (byte)kind));
            Assert.NotNull(ReadHeader(int.MinValue, (byte)kind));
            Assert.Equal(cap == 0, ReadHeader(cap, (byte)kind) is not null);
            kinds += cap == 0 ? 0 : 1;
        }

        Assert.True(kinds >= 16);
    }

    [Fact]
    public void Read_LargeLengthAndFewBytes_AllocatesLittle()
    {
        byte[] record = [1, 0, 0x40, 0, 0, (byte)MessageKind.DeliverBlock, .. new byte[100]];
        var reader = new LaneReader();
        List<PeerMessage> read = [];
        reader.Read([0], read); // what is compiled on first use is not the peer's doing
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(reader.Read(record, read));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 * 1024);
    }

    private static string? ReadHeader(int length, byte kind)
    {
        var record = new byte[6];
        BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(1), length);
        record[5] = kind;
        return new LaneReader().Read(record, []);
    }
}
