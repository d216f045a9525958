using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Consensus.Tests;
using Chain.Core.Simulation;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>
/// Engines driven straight through the contract over links of exact delays: no ledger, no gossip, nothing that takes time
/// but the links. Checks after every final block that no two of them conflict.
/// </summary>
internal sealed class StakeNetwork
{
    private readonly PriorityQueue<Action, (long At, long Sequence)> _events = new();
    private readonly Dictionary<ulong, (BlockId Block, int Node)> _finalAt = [];
    private readonly IStakeCrypto _crypto;
    private readonly ProofOfStakeConsensus _plugin;
    private readonly Dictionary<View, List<BlockId>> _proposed = [];
    private long _sequence;

    public StakeNetwork(ProofOfStakeOptions options, bool realCrypto = true, Func<View, int>? leaders = null)
    {
        Options = options;
        _crypto = realCrypto ? RealStakeCrypto.Instance : ToyCrypto.Instance;
        _plugin = new ProofOfStakeConsensus(options, _crypto, leaders);
        Keys = TestKeys.Of(options.Validators.Validators.Count);
        Genesis = HeaderMaker.Genesis(_plugin.GenesisSeal.Span);
    }

    public ProofOfStakeOptions Options { get; }

    public TestKey[] Keys { get; }

    public BlockHeader Genesis { get; }

    public List<StakeNode> Nodes { get; } = [];

    public Instant Now { get; private set; }

    /// <summary>The delay of a message, or null where it is lost.</summary>
    public Func<StakeNode, StakeNode, ReadOnlyMemory<byte>, TimeSpan?> Link { get; set; } =
        static (_, _, _) => TimeSpan.FromMilliseconds(100);

    /// <summary>The delay of a block, or null where it does not arrive.</summary>
    public Func<StakeNode, StakeNode, BlockHeader, TimeSpan?> BlockLink { get; set; } =
        static (_, _, _) => TimeSpan.FromMilliseconds(100);

    /// <summary>How long a host takes to execute a block.</summary>
    public TimeSpan Execution { get; set; }

    /// <summary>Which blocks are valid.</summary>
    public Func<BlockHeader, bool> IsValid { get; set; } = static _ => true;

    /// <summary>How far the wall clock of a node is off.</summary>
    public Func<int, TimeSpan> Skew { get; set; } = static _ => TimeSpan.Zero;

    /// <summary>Whether <see cref="BlocksOf"/> is kept.</summary>
    public bool KeepsProposed { get; set; }

    /// <summary>How long a record takes to become durable; a crash before that loses it.</summary>
    public TimeSpan Disk { get; set; }

    /// <summary>Conflicts between final blocks, in words; none while all is well.</summary>
    public List<string> Forks { get; } = [];

    /// <summary>How many messages were sent.</summary>
    public long Messages { get; private set; }

    /// <summary>A new engine, within its adversaries where it has some.</summary>
    public (IConsensusEngine Outer, SimplexEngine Inner) CreateEngine(BlockTree tree, EngineOptions node, IReadOnlyList<Adversary> adversaries)
    {
        var watch = new EngineWatch(_plugin);
        IConsensusPlugin plugin = adversaries.Count == 0 ? watch : new AdversarialConsensus(watch, adversaries);
        IConsensusEngine outer = plugin.CreateEngine(Genesis, tree, node);
        return (outer, watch.Engine!);
    }

    public UnixTime WallClockOf(int node) =>
        HeaderMaker.Start.Plus(TimeSpan.FromHours(1)).Plus(Now - Instant.Zero).Plus(Skew(node));

    public StakeNode Add(int keyIndex)
    {
        var node = new StakeNode(this, Nodes.Count, keyIndex);
        Nodes.Add(node);
        return node;
    }

    /// <summary>Adds one node a validator and starts them.</summary>
    public StakeNetwork StartAll()
    {
        for (int i = 0; i < Keys.Length; i++)
        {
            Add(i);
        }

        foreach (StakeNode node in Nodes)
        {
            node.Start();
        }

        return this;
    }

    public void RunFor(TimeSpan time)
    {
        Instant end = Now + time;
        RunUntil(static () => false, time);
        Now = end;
    }

    /// <summary>Runs until a condition holds; false where it does not in this time.</summary>
    public bool RunUntil(Func<bool> condition, TimeSpan atMost)
    {
        long end = (Now + atMost).Microseconds;
        while (!condition())
        {
            if (!_events.TryPeek(out Action? next, out (long At, long Sequence) key) || key.At > end)
            {
                return false;
            }

            _events.Dequeue();
            Now = new Instant(key.At);
            next();
        }

        return true;
    }

    public void At(Instant time, Action action) => _events.Enqueue(action, (time.Microseconds, _sequence++));

    public long ScheduleTimer(StakeNode node, TimerKey key, Instant due)
    {
        long generation = _sequence;
        At(due > Now ? due : Now, () => node.FireTimer(key, generation));
        return generation;
    }

    public void Broadcast(StakeNode from, ReadOnlyMemory<byte> payload)
    {
        foreach (StakeNode to in Nodes)
        {
            if (to != from)
            {
                Send(from, to.Index, payload);
            }
        }
    }

    public void Send(StakeNode from, int index, ReadOnlyMemory<byte> payload)
    {
        StakeNode to = Nodes[index];
        Messages++;
        if (Link(from, to, payload) is TimeSpan delay)
        {
            At(Now + delay, () => Deliver(from, to, payload));
        }
    }

    /// <summary>The blocks that were proposed in a view.</summary>
    public IEnumerable<BlockId> BlocksOf(View view) => _proposed.GetValueOrDefault(view, []);

    public void Spread(StakeNode from, BlockHeader header)
    {
        if (KeepsProposed && StakeSeal.TryDecode(header.Seal, out StakeSeal? seal))
        {
            if (!_proposed.TryGetValue(seal.View, out List<BlockId>? blocks))
            {
                _proposed.Add(seal.View, blocks = []);
            }

            blocks.Add(header.Id);
        }

        foreach (StakeNode to in Nodes)
        {
            if (to != from && BlockLink(from, to, header) is TimeSpan delay)
            {
                At(Now + delay, () => to.Receive(header, from));
            }
        }
    }

    /// <summary>Gets a block from the asker's own disk, or from whoever has it, there and back.</summary>
    public void Fetch(StakeNode asker, BlockId block)
    {
        if (asker.Stored.TryGetValue(block, out BlockHeader? own))
        {
            At(Now, () => asker.Receive(own, asker));
            return;
        }

        foreach (StakeNode other in Nodes)
        {
            if (other != asker
                && other.IsUp
                && other.TryGetHeader(block, out BlockHeader? header)
                && BlockLink(other, asker, header) is TimeSpan delay)
            {
                At(Now + delay + delay, () => asker.Receive(header, other));
                return;
            }
        }
    }

    /// <summary>Where everybody is, for the message of a failure.</summary>
    public string Describe() => string.Join(" ", Nodes.Select(node =>
        $"{node.Index}:{(node.IsUp ? "" : "down ")}{node.Engine.View} head {node.Tree.Head.Height.Value} final {node.Tree.Finalized.Height.Value} {node.Engine.Describe()};"));

    public void Judge(StakeNode node, BlockTreeNode block) =>
        At(Now + Execution, () => node.OnJudged(block.Id, IsValid(block.Header)));

    public void Run(StakeNode node, ConsensusOutput.Compute compute)
    {
        SimplexEngine engine = node.Engine;
        At(Now, () =>
        {
            if (ReferenceEquals(engine, node.Engine))
            {
                node.Feed(new ConsensusInput.Computed(compute.Work, compute.Job.Run(null!)));
            }
        });
    }

    public byte[] Sign(int key, Hash256 message) => _crypto is ToyCrypto
        ? ToyCrypto.Sign(Keys[key].PublicKey.Span, Hash256.AsSpan(in message))
        : Keys[key].Sign(message);

    public byte[] Prove(int key, Hash256 input) => _crypto is ToyCrypto
        ? ToyCrypto.Prove(Keys[key].PublicKey.Span, input)
        : Keys[key].Prove(input);

    public void OnFinalized(StakeNode node, BlockTreeNode final)
    {
        if (node.Adversaries.Count > 0)
        {
            return; // a faulty node may deceive itself
        }

        for (BlockTreeNode? step = final; step is not null; step = step.Parent)
        {
            if (!_finalAt.TryGetValue(step.Height.Value, out (BlockId Block, int Node) known))
            {
                _finalAt.Add(step.Height.Value, (step.Id, node.Index));
            }
            else if (known.Block != step.Id)
            {
                Forks.Add($"at height {step.Height.Value} node {node.Index} has {step.Id}, node {known.Node} has {known.Block}");
                return;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Keeps hold of the engine that others are put around.</summary>
    private sealed class EngineWatch(ProofOfStakeConsensus plugin) : IConsensusPlugin
    {
        public SimplexEngine? Engine { get; private set; }

        public string Name => plugin.Name;

        public ReadOnlyMemory<byte> GenesisSeal => plugin.GenesisSeal;

        public IHeaderRules CreateRules(BlockHeader genesis) => plugin.CreateRules(genesis);

        public IConsensusEngine CreateEngine(BlockHeader genesis, IBlockTree tree, EngineOptions options) =>
            Engine = (SimplexEngine)plugin.CreateEngine(genesis, tree, options);
    }

    private static void Deliver(StakeNode from, StakeNode to, ReadOnlyMemory<byte> payload)
    {
        if (to.IsUp)
        {
            to.Feed(new ConsensusInput.MessageArrived(new ConnectionId((ulong)from.Index + 1), new PeerId(default), payload));
        }
    }
}
