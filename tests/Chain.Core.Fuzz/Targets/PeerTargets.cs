using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Gossip;
using Chain.Core.Machines;
using Chain.Core.Transport;
using Chain.Core.Wire;
using Factories = System.Collections.Generic.SortedDictionary<string, System.Func<Chain.Core.Fuzz.FuzzTarget>>;

namespace Chain.Core.Fuzz;

/// <summary>What a peer sends: decrypted records of frames, and sequences of messages to the gossip machine.</summary>
internal static class PeerTargets
{
    private const int MaxLength = 16 * 1024;
    private const int MaxMessages = 64;

    public static void AddTo(Factories factories)
    {
        factories["transport.frames"] = () => FramesTarget("transport.frames");
        factories["gossip.machine"] = () => MachineTarget("gossip.machine");
        factories["gossip.compact"] = () => CompactTarget("gossip.compact");
    }

    /// <summary>An input is a connection's plaintext records, each of them one field.</summary>
    private static FuzzTarget FramesTarget(string name)
    {
        byte[][] whole = [.. Samples.Messages.Select(message => (byte[])[(byte)PeerMessageCodec.LaneOf(message.Kind), .. Frame.Encode(message)])];
        byte[] cut = Fields.Join([.. whole[0].AsSpan(0, 7)], [whole[0][0], .. whole[0].AsSpan(7)], whole[3], whole[4]);
        return new FuzzTarget(name, [cut, .. whole.Select(record => Fields.Join(record))], input =>
        {
            ReadOnlySpan<byte> rest = input;
            var reader = new LaneReader();
            var messages = new List<PeerMessage>();
            string? refusal = null;
            while (refusal is null && !rest.IsEmpty)
            {
                refusal = reader.Read(Fields.Take(ref rest), messages);
            }

            int bytes = messages.Sum(message => Frame.Encode(message).Length);
            Oracle.Holds(bytes <= input.Length, "messages that were never sent");
            return refusal is null && messages.Count > 0;
        })
        {
            MaxLength = MaxLength,
            AllocatedBase = 64 * 1024,
            AllocatedPerByte = 48,
            Tokens = [.. Enumerable.Range(0, 24).Select(kind => (byte[])[(byte)kind])],
        };
    }

    /// <summary>An input is the messages of one peer, each of them one field; what does not decode is left out.</summary>
    private static FuzzTarget MachineTarget(string name)
    {
        byte[][] messages = [.. Samples.Messages.Select(PeerMessageCodec.Encode)];
        byte[] hello = PeerMessageCodec.Encode(new PeerMessage.Hello(
            7, Samples.Genesis, 1, 1, PeerCapabilities.FullHistory | PeerCapabilities.TransactionRelay | PeerCapabilities.StateChanges, "peer", null, Samples.Header.Id, Samples.Header.Height));
        return new FuzzTarget(name, [Fields.Join([hello, .. messages]), .. messages.Select(message => Fields.Join(hello, message)), Fields.Join(messages[3])], input =>
        {
            ReadOnlySpan<byte> rest = input;
            var met = new MetMachine();
            int handled = 0;
            for (int i = 0; i < MaxMessages && !rest.IsEmpty; i++)
            {
                if (PeerMessageCodec.TryDecode(Fields.Take(ref rest).ToArray(), out PeerMessage? message, out _))
                {
                    met.Effects.Clear();
                    met.Hear(message, i);
                    handled += met.Effects.Effects.Any(effect => effect.Kind == EffectKind.Close) ? 0 : 1;
                    Oracle.Holds(met.Effects.Effects.Count <= 2048, "one message has thousands of effects");
                }
            }

            return handled > 0;
        })
        {
            MaxLength = MaxLength,
            AllocatedBase = 512 * 1024,
            AllocatedPerByte = 256,
            Tokens = [.. Enumerable.Range(0, 24).Select(kind => (byte[])[(byte)kind])],
        };
    }

    /// <summary>
    /// An input is what one peer says of a block that is wanted of it, each message one field: no other body than the
    /// header's may come out.
    /// </summary>
    private static FuzzTarget CompactTarget(string name)
    {
        PeerMessage.CompactBlock sample = Samples.CompactBlock;
        BlockId wanted = sample.Header.Id;
        byte[] whole = PeerMessageCodec.Encode(sample);
        byte[] lacking = PeerMessageCodec.Encode(new PeerMessage.CompactBlock(sample.Header, 2, new byte[30], []));
        byte[] given = PeerMessageCodec.Encode(new PeerMessage.BlockTransactions(wanted, Samples.Transactions));
        byte[] asked = PeerMessageCodec.Encode(new PeerMessage.GetBlockTransactions(wanted, [0, 4]));
        return new FuzzTarget(name, [Fields.Join(whole, asked, asked), Fields.Join(lacking, given), Fields.Join(given, whole)], input =>
        {
            ReadOnlySpan<byte> rest = input;
            var met = new MetMachine();
            met.Hear(new PeerMessage.Hello(7, Samples.Genesis, 1, 1, (PeerCapabilities)7, "peer", null, wanted, sample.Header.Height), 0);
            met.Handle(new GossipInput.NeedBlocks([new WantedBlock(wanted, sample.Header.Height)], [MetMachine.Peer]), 0);
            bool isTaken = false;
            for (int i = 0; i < MaxMessages && !rest.IsEmpty; i++)
            {
                if (PeerMessageCodec.TryDecode(Fields.Take(ref rest).ToArray(), out PeerMessage? message, out _))
                {
                    met.Effects.Clear();
                    met.Hear(message, i);
                    foreach (GossipEvent.BlockReceived received in met.Effects.Effects.Where(static effect => effect.Kind == EffectKind.Emit).Select(static effect => effect.Event).OfType<GossipEvent.BlockReceived>())
                    {
                        isTaken = true;
                        Oracle.Holds(
                            Block.RootOf(received.Block.Transactions) == received.Block.Header.Fields.TransactionsRoot,
                            "a body that is not its header's");
                    }
                }
            }

            return isTaken;
        })
        {
            MaxLength = MaxLength,
            AllocatedBase = 512 * 1024,
            AllocatedPerByte = 256,
            Tokens = [.. Enumerable.Range(15, 9).Select(kind => (byte[])[(byte)kind])],
        };
    }

    /// <summary>A gossip machine that one peer is connected to.</summary>
    private sealed class MetMachine
    {
        public static readonly ConnectionId Peer = new(1);

        private readonly GossipMachine _machine = new(
            new PeerId(Sha256.Hash("self"u8)), new GossipOptions { Network = 7, Genesis = Samples.Genesis }, new EmptyChain());

        private readonly DeterministicRandom _random = new(1);

        public MetMachine()
        {
            Handle(new GossipInput.Started(null, [], Samples.Genesis, default, [Samples.Genesis]), 0);
            Handle(new GossipInput.Connected(new PeerConnection(Peer, new PeerId(Sha256.Hash("peer"u8)), ConnectionDirection.Inbound, Samples.Address("127.0.0.1:7000"))), 0);
        }

        /// <summary>What it did since this was cleared.</summary>
        public EffectList Effects { get; } = new();

        public void Hear(PeerMessage message, int second) => Handle(new GossipInput.Received(Peer, message), second);

        public void Handle(GossipInput input, int second)
        {
            var context = new StepContext(Instant.Zero + TimeSpan.FromSeconds(second), new UnixTime(1_700_000_000_000), _random);
            _machine.Handle(in input, in context, Effects);
        }
    }

    private sealed class EmptyChain : IChainView
    {
        public IReadOnlyList<BlockHeader> HeadersAfter(IReadOnlyList<BlockId> locator, int max) => [Samples.Header];

        public bool KnowsHeader(BlockId id) => id == Samples.Header.Id;

        public bool HasBlock(BlockId id) => id == Samples.Header.Id;

        public bool KnowsTransaction(TransactionId id) => id == Samples.Transactions[0].Id;

        public IEnumerable<Transaction> WaitingTransactions => Samples.Transactions;

        public bool TryGetTransaction(TransactionId id, [NotNullWhen(true)] out Transaction? transaction)
        {
            transaction = id == Samples.Transactions[0].Id ? Samples.Transactions[0] : null;
            return transaction is not null;
        }
    }
}
