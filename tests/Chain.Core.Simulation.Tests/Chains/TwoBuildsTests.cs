using Chain.Core.Consensus;
using Chain.Core.Gossip;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;
using static Chain.Core.Simulation.Tests.Chains.Chains;

namespace Chain.Core.Simulation.Tests.Chains;

/// <summary>
/// A node whose build of a module makes another value of one number than that of all others: both are deterministic, so that neither
/// finds the reason alone.
/// </summary>
public sealed class TwoBuildsTests
{
    private const ulong Odd = 7;

    private static readonly RuleModule Here = new(static number => number == Odd ? 70 : number);

    [Fact]
    public void Refused_ByTheOtherBuild_NamesHeightModuleKeyBothValuesAndTheThirdTransaction()
    {
        var split = new Split(Interval: Seconds(2));
        Transaction[] sent = split.Send(5, 6, Odd, 8);

        MismatchExplained found = split.RunUntilExplained();

        Assert.Equal(sent.Select(transaction => transaction.Id), found.Mismatch.Block.Transactions.Select(transaction => transaction.Id));
        Assert.Equal(OtherChanges.Proven, found.Other);
        Assert.Equal(new StateDivergence("rule", Here.Kept.KeyOf(Odd), Codecs.U64.Encode(70), Codecs.U64.Encode(Odd)), found.Divergence);
        Assert.Equal(sent[2].Id, found.Writer);
        Assert.Equal(SimulatedChain.HeadOf(split.Maker).Fields.StateRoot, found.Mismatch.Block.Header.Fields.StateRoot);
        Assert.Equal([(split.Follower, Misbehaviour.InvalidBlock)], split.Blamed);
    }

    /// <summary>The header of the next block comes before the answer.</summary>
    [Fact]
    public void Refused_BlocksComeFasterThanAnswers_IsProvenNonetheless()
    {
        var split = new Split(Interval: TimeSpan.FromMilliseconds(150), Latency: TimeSpan.FromMilliseconds(400));
        split.Send(5, 6, Odd, 8);

        MismatchExplained found = split.RunUntilExplained();

        Assert.Equal((OtherChanges.Proven, "rule"), (found.Other, found.Divergence?.Module));
    }

    [Fact]
    public void Refused_PeerIsOfAnOlderVersion_IsNotAskedAndBlamedAsBefore()
    {
        var split = new Split(Interval: Seconds(2), Maker: Older);
        split.Send(5, 6, Odd);

        MismatchExplained found = split.RunUntilExplained();

        Assert.Equal((OtherChanges.NotAsked, null), (found.Other, found.Divergence));
        Assert.Equal(0, split.Chain.Simulator.Traffic.MessagesOf(MessageKind.GetStateChanges));
        Assert.Equal([(split.Follower, Misbehaviour.InvalidBlock)], split.Blamed);
    }

    [Fact]
    public void Refused_PeerLiesAboutTheChanges_ProvesNothing()
    {
        var split = new Split(Interval: Seconds(2), Answer: Lie);
        split.Send(5, 6, Odd);

        MismatchExplained found = split.RunUntilExplained();

        Assert.Equal((OtherChanges.Unproven, null, null), (found.Other, found.Divergence, found.Writer));
        Assert.Equal([(split.Follower, Misbehaviour.InvalidBlock)], split.Blamed);
    }

    /// <summary>Who delivered the block cannot be asked; another that announced it can, and lies.</summary>
    [Fact]
    public void Refused_AnotherPeerLiesAboutTheChanges_IsBlamedForThat()
    {
        var split = new Split(
            Interval: Seconds(2),
            Maker: static options => Older(options) with { Peers = options.Peers with { InboundSlots = 2 } }, // room for the relays alone
            Relays: [(Older, null), (null, Lie)],
            Execution: Seconds(0.2));
        split.Send(5, 6, Odd);

        MismatchExplained found = split.RunUntilExplained();

        Assert.Equal((OtherChanges.Unproven, null), (found.Other, found.Divergence));
        Assert.Equal([(split.Follower, Misbehaviour.InvalidBlock), (split.Follower, Misbehaviour.WrongStateChanges)], split.Blamed);
    }

    [Fact]
    public void Refused_PeerNeverAnswers_IsToldAndThePeerBanned()
    {
        var split = new Split(Interval: Seconds(15), Answer: static _ => null);
        split.Send(5, 6, Odd);

        MismatchExplained found = split.RunUntilExplained();

        Assert.Equal((OtherChanges.NoAnswer, null), (found.Other, found.Divergence));
        Assert.Equal([(split.Follower, Misbehaviour.InvalidBlock)], split.Blamed);
    }

    private static GossipOptions Older(GossipOptions options) =>
        options with { Capabilities = PeerCapabilities.FullHistory | PeerCapabilities.TransactionRelay };

    private static PeerMessage.StateChanges Lie(PeerMessage.StateChanges answer) => answer with { Changes = new byte[] { 0x90 } };

    /// <summary>A node that makes blocks, and one of another build that follows it, or what relays it.</summary>
    private sealed class Split
    {
        private readonly List<MismatchExplained> _found = [];

        public Split(
            TimeSpan Interval,
            TimeSpan? Latency = null,
            Func<GossipOptions, GossipOptions>? Maker = null,
            Func<PeerMessage.StateChanges, PeerMessage.StateChanges?>? Answer = null,
            (Func<GossipOptions, GossipOptions>? Gossip, Func<PeerMessage.StateChanges, PeerMessage.StateChanges?>? Answer)[]? Relays = null,
            TimeSpan? Execution = null)
        {
            Chain = Dev(1, new DevOptions { Interval = Interval, SealsOnTransactions = false }, options => options with
            {
                Modules = [(new RuleModule(static number => number), default)],
                Simulator = options.Simulator with
                {
                    Network = new NetworkModel { Latency = Latency ?? TimeSpan.FromMilliseconds(50) },
                    JobDuration = job => job is ExecuteBlockJob && Execution is { } time ? time : TimeSpan.FromMilliseconds(1),
                },
            });
            this.Maker = AddNode("maker", Chain.Definition, isMaker: true, [], Maker, Answer);
            SimulatedNode[] relays = [.. (Relays ?? []).Select(relay => AddNode("relay", Chain.Definition, isMaker: false, [this.Maker], relay.Gossip, relay.Answer))];
            Follower = AddNode("follower", OtherBuild(), isMaker: false, Relays is null ? [this.Maker] : relays, null, null);
            Chain.Tally.Observed = Observe;
            Chain.Simulator.RunFor(Latency * 5 ?? Seconds(1));
        }

        public SimulatedChain Chain { get; }

        public SimulatedNode Maker { get; }

        public SimulatedNode Follower { get; }

        /// <summary>Who blamed a peer, and what for.</summary>
        public List<(SimulatedNode Node, Misbehaviour Cause)> Blamed { get; } = [];

        /// <summary>One block's transactions, of one sender.</summary>
        public Transaction[] Send(params ulong[] numbers)
        {
            Transaction[] transactions = [.. numbers.Select(number => Chain.Accounts[0].Sign(Chain, Here.Keep(number)))];
            Array.ForEach(transactions, transaction => Chain.Simulator.Submit(Maker, transaction));
            return transactions;
        }

        public MismatchExplained RunUntilExplained()
        {
            Chain.RunUntil("the follower has told what it found", () => _found.Count > 0, Seconds(30));
            return _found[0];
        }

        private ChainDefinition OtherBuild() => new(Chain.Definition.Consensus, new LedgerDefinition([Chain.Token, Here]), Chain.Genesis);

        private SimulatedNode AddNode(
            string name,
            ChainDefinition definition,
            bool isMaker,
            SimulatedNode[] dials,
            Func<GossipOptions, GossipOptions>? gossip,
            Func<PeerMessage.StateChanges, PeerMessage.StateChanges?>? answer)
        {
            return Chain.Simulator.AddNode(name, 0, node =>
            {
                var options = new FullNodeOptions
                {
                    Self = node.Peer,
                    Listen = node.Address,
                    Bootstrap = [.. dials.Select(static each => each.Address)],
                    Engine = new EngineOptions { ProducesBlocks = isMaker },
                    Gossip = gossip ?? (static options => options),
                };
                var machine = new FullNode(definition, options, RecoveredChain.Read(node.Disk, definition.Genesis.Header));
                return answer is null ? machine : new Answering(machine, answer);
            });
        }

        private void Observe(SimulatedNode node, NodeEvent happened)
        {
            if (happened is NodeEvent.StateDiverged diverged)
            {
                Assert.Same(Follower, node);
                _found.Add(diverged.Found);
            }
            else if (happened is NodeEvent.Peers { Event: GossipEvent.PeerMisbehaved misbehaved })
            {
                Blamed.Add((node, misbehaved.Cause));
            }
        }
    }

    /// <summary>A node that answers otherwise what a block changed, or not.</summary>
    private sealed class Answering(FullNode node, Func<PeerMessage.StateChanges, PeerMessage.StateChanges?> change) : IMachine<HostInput>, IFullNodeWrapper
    {
        private readonly EffectList _effects = new();

        public FullNode Node => node;

        public void Handle(in HostInput input, in StepContext context, IEffects effects)
        {
            _effects.Clear();
            node.Handle(in input, in context, _effects);
            foreach (Effect effect in _effects.Effects)
            {
                if (effect is not { Kind: EffectKind.Send, Message: PeerMessage.StateChanges answer })
                {
                    EffectForwarding.Forward(in effect, effects);
                }
                else if (change(answer) is { } changed)
                {
                    effects.Send(effect.Connection, changed);
                }
            }
        }
    }

    /// <summary>Keeps under a number what its build makes of it.</summary>
    private sealed class RuleModule : Module
    {
        private readonly ModuleMethod<ulong> _keep;

        public RuleModule(Func<ulong, ulong> rule)
            : base("rule")
        {
            Kept = Map("kept", Codecs.U64, Codecs.U64);
            _keep = Method("keep", Codecs.U64, (context, number) =>
            {
                Kept.Set(context, number, rule(number));
                return CallResult.Success;
            });
        }

        public StateMap<ulong, ulong> Kept { get; }

        public Call Keep(ulong number) => _keep.Call(number);
    }
}
