using System.Buffers;
using System.IO.Pipelines;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Transport.Tests.Framing;

public sealed class NoiseRecordsTests
{
    [Fact]
    public async Task Write_MoreRecordsThanAKeyMayHave_BothSidesRekey()
    {
        (NoiseTransport alice, NoiseTransport bob) = Ciphers();
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        byte[] frame = Frame.Encode(new PeerMessage.Ping(1));
        var plaintext = new byte[100];

        const int Records = (1 << 14) + 10;
        for (int i = 0; i < Records; i++)
        {
            Assert.True(NoiseRecords.Write(pipe.Writer, MessageLane.Urgent, frame, alice.Sending) > 0);
            await pipe.Writer.FlushAsync();
            ReadResult result = await pipe.Reader.ReadAsync();
            ReadOnlySequence<byte> buffer = result.Buffer;
            Assert.True(NoiseRecords.TryFind(ref buffer, out ReadOnlySequence<byte> record));
            Assert.True(NoiseRecords.TryOpen(record, plaintext, bob.Receiving, out int written));
            Assert.Equal(frame, plaintext[1..written]);
            pipe.Reader.AdvanceTo(buffer.Start);
        }

        Assert.Equal((ulong)Records, bob.Receiving.Nonce);
        alice.Dispose();
        bob.Dispose();
    }

    [Fact]
    public void Write_AFullQueue_GivesRecordsOfAtMost64Kibibytes()
    {
        (NoiseTransport alice, NoiseTransport bob) = Ciphers();
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var queue = new SendQueue(1 << 20);
        byte[] frame = Frame.Encode(new PeerMessage.Consensus(new byte[1000]));
        for (int i = 0; i < 200; i++)
        {
            Assert.NotEqual(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Urgent, frame));
        }

        List<int> sizes = [];
        while (queue.Waiting > 0)
        {
            sizes.Add(NoiseRecords.Write(pipe.Writer, queue, alice.Sending));
        }

        // 200 messages in four records: that is what coalescing is for.
        Assert.Equal((200 * frame.Length / (NoiseRecords.MaxPlaintext - 1)) + 1, sizes.Count);
        Assert.All(sizes[..^1], size => Assert.Equal(65_536, size));
        alice.Dispose();
        bob.Dispose();
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 2, 1 })]
    [InlineData(new byte[] { 255, 255, 1, 2, 3 })]
    public void TryFind_IncompleteRecord_Waits(byte[] bytes)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        Assert.False(NoiseRecords.TryFind(ref input, out _));
        Assert.Equal(bytes.Length, input.Length);
    }

    private static (NoiseTransport Alice, NoiseTransport Bob) Ciphers()
    {
        NoiseHandshake Start(NoiseRole role, byte seed) => new(new NoiseHandshakeSettings
        {
            Protocol = NoiseProtocol.Parse("Noise_NN_25519_ChaChaPoly_SHA256"),
            Role = role,
            EphemeralSeed = Enumerable.Repeat(seed, 32).ToArray(),
        });
        using NoiseHandshake alice = Start(NoiseRole.Initiator, 1);
        using NoiseHandshake bob = Start(NoiseRole.Responder, 2);
        var message = new byte[100];
        Assert.True(alice.TryWriteMessage(default, message, out int written) && bob.TryReadMessage(message.AsSpan(0, written), default, out _));
        Assert.True(bob.TryWriteMessage(default, message, out written) && alice.TryReadMessage(message.AsSpan(0, written), default, out _));
        return (alice.Split(), bob.Split());
    }
}
