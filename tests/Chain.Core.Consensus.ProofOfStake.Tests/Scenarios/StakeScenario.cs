using Chain.Core.Machines;
using Chain.Core.Simulation;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>
/// What a seed makes of validators, stakes, a network and its troubles: loss, jitter, partitions, crashes in the middle of
/// steps, and validators of less than a third of the stake that are faulty in several ways at once. After some seconds the
/// network is calm and everybody is up; what is faulty stays so.
/// </summary>
internal sealed class StakeScenario
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly DeterministicRandom _random;
    private readonly ulong _seed;
    private readonly List<string> _story = [];
    private readonly HashSet<int> _faulty = []; // validators
    private readonly Dictionary<int, WrongParents> _wrongParents = [];
    private readonly Dictionary<int, int> _side = []; // of a node with a twin, and of its twin: who hears which
    private readonly Instant _calm;
    private readonly TimeSpan _delay;
    private readonly TimeSpan _jitter;
    private readonly ulong _lossPerMille;
    private readonly List<(Instant From, Instant Until, ulong Group)> _partitions = [];

    public StakeScenario(ulong seed, bool hasFaulty = true)
    {
        _seed = seed;
        _random = new DeterministicRandom(seed);
        ulong[] stakes = Stakes(4 + _random.NextIndex(7));
        _delay = Milliseconds(10, 100);
        _jitter = Milliseconds(0, 80);
        _lossPerMille = _random.NextBelow(3) == 0 ? 0 : _random.NextBelow(200);
        _calm = Instant.Zero + Milliseconds(2_000, 5_000);

        // One that is a quorum alone waits for no message: it would make thousands of blocks a second.
        TimeSpan pause = 3 * stakes.Max() > 2 * stakes.Aggregate(0UL, (sum, stake) => sum + stake) ? TimeSpan.FromMilliseconds(50) : TimeSpan.Zero;
        var options = new ProofOfStakeOptions
        {
            Validators = TestKeys.Set(stakes),
            BlockPause = pause,
            EpochBlocks = Pick(1, 2, 5, 20, 3_600),
            ViewTimeout = hasFaulty ? Milliseconds(300, 800) : (3 * Hop) + pause + Milliseconds(0, 300),
            MaxViewTimeout = TimeSpan.FromSeconds(4),
            RepeatInterval = Milliseconds(30, hasFaulty ? 800 : (int)(3 * Hop).TotalMilliseconds),
            VoteBatchDelay = _random.NextBelow(2) == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(5),
            RelaysVotes = _random.NextBelow(3) > 0,
            SkipViews = 2 + _random.NextIndex(8),
        };
        Network = new StakeNetwork(options, realCrypto: false)
        {
            KeepsProposed = true,
            Disk = _random.NextBelow(2) == 0 ? TimeSpan.Zero : Milliseconds(1, 10),
        };
        _story.Add($"stakes {string.Join(' ', stakes)}, epochs of {options.EpochBlocks}, loss {_lossPerMille}, calm at {_calm}");
        ChooseFaulty(stakes, hasFaulty);
        AddNodes();
        Network.Link = (from, to, payload) => DelayOf(from, to);
        Network.BlockLink = OnBlockLink;
        PlanPartitions();
        PlanCrashes();
    }

    public StakeNetwork Network { get; }

    /// <summary>The moment from which messages between correct nodes arrive in time and nobody is down.</summary>
    public Instant Calm => _calm;

    /// <summary>The longest that a message takes after that, until the next one that it causes leaves: link, disk, batch.</summary>
    private TimeSpan Hop => _delay + _jitter + TimeSpan.FromMilliseconds(15);

    private IEnumerable<StakeNode> Correct => Network.Nodes.Where(node => !_faulty.Contains(node.KeyIndex));

    /// <summary>Runs it; null where all held, else what did not.</summary>
    public string? FindFault()
    {
        Start();
        RunToCalm();
        if (Check() is string early)
        {
            return early;
        }

        Dictionary<StakeNode, int> before = Correct.ToDictionary(node => node, node => node.Finalized.Count);
        bool live = Network.RunUntil(
            () => Network.Forks.Count > 0 || before.All(known => known.Key.Finalized.Count > known.Value + 1), Patience);
        return Check() ?? (live ? null : Say($"no block becomes final after the calm: {Network.Describe()}"));
    }

    /// <summary>
    /// How many of the longest time-outs pass from the calm, among nodes that are all correct, until a block is final that was
    /// not, and until every node has such a block; null where that takes for ever.
    /// </summary>
    public (double First, double Every)? TimeoutsToFinality()
    {
        Start();
        RunToCalm();
        TimeSpan timeout = Network.Nodes.Max(node => node.Engine.Timeout);
        BlockHeight highest = Network.Nodes.Max(node => node.Tree.Finalized.Height);
        if (!Network.RunUntil(() => Network.Nodes.Exists(node => node.Tree.Finalized.Height > highest), Patience))
        {
            return null;
        }

        double first = (Network.Now - _calm) / timeout;
        return Network.RunUntil(() => Network.Nodes.TrueForAll(node => node.Tree.Finalized.Height > highest), Patience)
            ? (first, (Network.Now - _calm) / timeout)
            : null;
    }

    public void Start()
    {
        foreach (StakeNode node in Network.Nodes)
        {
            node.Start();
        }
    }

    public void RunToCalm()
    {
        Network.RunUntil(() => Network.Forks.Count > 0, _calm - Network.Now);
        foreach (StakeNode node in Network.Nodes)
        {
            Restart(node);
        }
    }

    private string? Check()
    {
        if (Network.Forks.Count > 0)
        {
            return Say($"fork {Network.Forks[0]}");
        }

        var offences = new StakeOffences(Network.Options);
        foreach (StakeNode node in Correct)
        {
            foreach (byte[] proof in node.Evidence)
            {
                if (!offences.TryRead(proof, out Offence? offence) || !_faulty.Any(faulty => Network.Keys[faulty].Key.Equals(offence.Offender)))
                {
                    return Say($"node {node.Index} has evidence against a correct validator");
                }
            }

            if (node.SignedEver.GroupBy(signed => (signed.Purpose, signed.Watermark)).Any(mark => mark.Select(signed => signed.Message).Distinct().Count() > 1))
            {
                return Say($"correct node {node.Index} signed twice at one mark");
            }

            foreach ((ConnectionId peer, string reason) in node.Reports)
            {
                if (peer.Value > 0 && !_faulty.Contains(Network.Nodes[(int)peer.Value - 1].KeyIndex))
                {
                    return Say($"node {node.Index} reports the correct node {peer.Value - 1}: {reason}");
                }
            }
        }

        return null;
    }

    public string Say(string what) => $"seed {_seed} at {Network.Now}: {what}. {string.Join("; ", _story)}";

    private ulong[] Stakes(int count)
    {
        var stakes = new ulong[count];
        ulong kind = _random.NextBelow(3);
        for (int i = 0; i < count; i++)
        {
            stakes[i] = kind switch
            {
                0 => 1,
                1 => 1 + _random.NextBelow(100),
                _ => 1UL << _random.NextIndex(20),
            };
        }

        return stakes;
    }

    /// <summary>As many, in random order, as stay below a third of the stake.</summary>
    private void ChooseFaulty(ulong[] stakes, bool hasFaulty)
    {
        ulong total = stakes.Aggregate(0UL, (sum, stake) => sum + stake);
        ulong faulty = 0;
        int[] order = [.. Enumerable.Range(0, stakes.Length)];
        _random.Shuffle<int>(order);
        foreach (int validator in order)
        {
            if (hasFaulty && 3 * (faulty + stakes[validator]) < total)
            {
                faulty += stakes[validator];
                _faulty.Add(validator);
            }
        }
    }

    private void AddNodes()
    {
        for (int validator = 0; validator < Network.Keys.Length; validator++)
        {
            StakeNode node = Network.Add(validator);
            if (_faulty.Contains(validator))
            {
                node.GuardsSignatures = false;
                node.Adversaries = Adversaries(validator);
            }
        }

        foreach (int validator in _faulty.Order().ToArray())
        {
            if (_random.NextBelow(3) == 0)
            {
                StakeNode twin = Network.Add(validator);
                twin.GuardsSignatures = false;
                _side[validator] = 0;
                _side[twin.Index] = 1;
                _story.Add($"{validator} has a twin");
            }

            if (_random.NextBelow(3) == 0)
            {
                _wrongParents.Add(validator, new WrongParents(Network, validator));
                _story.Add($"{validator} builds on wrong parents");
            }
        }
    }

    private List<Adversary> Adversaries(int validator)
    {
        List<Adversary> chosen = [];
        for (int count = 1 + _random.NextIndex(3); count > 0; count--)
        {
            Adversary adversary = Adversary(validator);
            chosen.Add(adversary);
        }

        return chosen;
    }

    private Adversary Adversary(int validator)
    {
        var lies = new StakeLies(Network, validator);
        bool divides = _random.NextBelow(2) == 0;
        (string name, Adversary adversary) = _random.NextIndex(15) switch
        {
            0 => ("silent", new SilentAdversary(Instant.Zero + Milliseconds(0, 3_000), Instant.Zero + Milliseconds(1_000, 20_000))),
            1 => ("slow", new SlowAdversary(Milliseconds(50, 2_000))),
            2 => ("selective", new SelectiveAdversary(peer => peer.Value % 3 == (ulong)validator % 3)),
            3 => ("amnesiac", new AmnesiacAdversary(message => Network.Sign(validator, message))),
            4 => ("impersonator", new ImpersonatorAdversary(Network.Keys[_random.NextIndex(Network.Keys.Length)].Key)),
            5 => ("skewed", new ClockSkewAdversary(TimeSpan.FromSeconds((int)_random.NextBelow(120) - 60))),
            6 => ("flooding", new FloodingAdversary(2)),
            7 => ("other block", new LyingAdversary(lies.OtherBlock) { DividesPeers = divides }),
            8 => ("other conclusion", new LyingAdversary(lies.OtherConclusion) { DividesPeers = divides }),
            9 => ("votes for everything", (Adversary)new LyingAdversary(lies.Everything)),
            10 => ("forged certificates", new LyingAdversary(lies.ForgedCertificate)),
            11 => ("lonely certificates", new LyingAdversary(lies.LonelyCertificate)),
            12 => ("votes of others", new LyingAdversary(lies.VotesOfOthers)),
            13 => ("repetitions", new LyingAdversary(lies.Repetitions)),
            _ => ("many blocks", new LyingAdversary(lies.ManyBlocks)),
        };
        _story.Add($"{validator} {name}");
        return adversary;
    }

    private void PlanPartitions()
    {
        for (ulong count = _random.NextBelow(3); count > 0; count--)
        {
            Instant from = Instant.Zero + Milliseconds(0, 4_000);
            _partitions.Add((from, from + Milliseconds(300, 3_000), _random.NextUInt64()));
        }
    }

    private void PlanCrashes()
    {
        for (ulong count = _random.NextBelow(6); count > 0; count--)
        {
            StakeNode node = Network.Nodes[_random.NextIndex(Network.Nodes.Count)];
            Instant at = Instant.Zero + Milliseconds(100, 4_000);
            Instant again = at + Milliseconds(10, 1_500);
            int effects = _random.NextIndex(12);
            Network.At(at, () => node.StopAfterEffects(Network.Now < _calm ? effects : -1));
            Network.At(again, () => Restart(node));
        }
    }

    private static void Restart(StakeNode node)
    {
        node.StopAfterEffects(-1);
        if (!node.IsUp)
        {
            node.Start();
        }
    }

    private TimeSpan? DelayOf(StakeNode from, StakeNode to)
    {
        if (_side.TryGetValue(from.Index, out int side) && to.Index % 2 != side)
        {
            return null;
        }

        if (Network.Now < _calm && (IsCut(from, to) || _random.NextBelow(1_000) < _lossPerMille))
        {
            return null;
        }

        return _delay + new TimeSpan((long)_random.NextBelow((ulong)_jitter.Ticks + 1));
    }

    private bool IsCut(StakeNode from, StakeNode to)
    {
        foreach ((Instant start, Instant end, ulong group) in _partitions)
        {
            if (Network.Now >= start && Network.Now < end && ((group >> from.Index) & 1) != ((group >> to.Index) & 1))
            {
                return true;
            }
        }

        return false;
    }

    private TimeSpan? OnBlockLink(StakeNode from, StakeNode to, BlockHeader header)
    {
        if (!_wrongParents.TryGetValue(from.Index, out WrongParents? leader) || DelayOf(from, to) is not TimeSpan delay)
        {
            return DelayOf(from, to);
        }

        BlockHeader wrong = leader.Replace(from, header);
        Network.At(Network.Now + delay, () => to.Receive(wrong, from));
        return null;
    }

    private TimeSpan Milliseconds(int from, int below) => TimeSpan.FromMilliseconds(from + _random.NextIndex(below - from));

    private ulong Pick(params ReadOnlySpan<ulong> values) => values[_random.NextIndex(values.Length)];
}
