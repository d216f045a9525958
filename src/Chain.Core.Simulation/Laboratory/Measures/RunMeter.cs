using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Turns what was observed of a run into its measures.</summary>
internal sealed class RunMeter
{
    private readonly SimulatedChain _chain;
    private readonly EngineSetup _engine;
    private readonly RunObserver _observer;
    private readonly OfferedLoad _load;
    private readonly IReadOnlyList<ulong> _power;
    private readonly AdversaryRoles _adversaries;
    private readonly Instant _begin;
    private readonly Instant _end;
    private readonly long _bytesBefore;
    private readonly List<BlockRecord> _longest;
    private readonly List<BlockRecord> _onChain;
    private readonly BlockRecord[] _made;

    public RunMeter(
        SimulatedChain chain, EngineSetup engine, RunObserver observer, OfferedLoad load, IReadOnlyList<ulong> power, AdversaryRoles adversaries, Instant begin, Instant end, long bytesBefore)
    {
        _chain = chain;
        _engine = engine;
        _observer = observer;
        _load = load;
        _power = power;
        _adversaries = adversaries;
        _begin = begin;
        _end = end;
        _bytesBefore = bytesBefore;
        _longest = LongestChain();
        _onChain = [.. _longest.Where(block => block.Made >= begin)];
        ulong head = _longest.Count == 0 ? 0 : _longest[^1].Height; // what stands above it is still open
        _made = [.. observer.Blocks.Where(block => block.Made >= begin && block.Height <= head)];
    }

    /// <summary>From the end of the last fault; null where there is none.</summary>
    public Instant? Healed { get; init; }

    /// <summary>Who is expected to follow the chain to its end.</summary>
    public required IReadOnlyList<SimulatedNode> Honest { get; init; }

    public RunMeasures Measure()
    {
        TransactionRecord[] sent = [.. _observer.Load.Values];
        List<(double, double)> fairness = Fairness();
        double[] blocksOf = [.. fairness.Select(static each => each.Item2)];
        int carried = _onChain.Sum(static block => block.Load);
        TimeSpan processor = new(_chain.Nodes.Sum(static node => node.ProcessorTime.Ticks));
        return new RunMeasures
        {
            Sent = _load.Sent,
            HeldBack = _load.HeldBack,
            Refused = _load.Refused,
            Final = _observer.FinalCount,
            CommittedRate = CommittedRate(_begin),
            SteadyRate = CommittedRate(_begin + ((_end - _begin) / 2)),
            FinalRate = FinalRate(),
            Inclusion = Ascending(sent.Where(static each => each.Included is not null).Select(static each => each.Included!.Value - each.Submitted)),
            Finality = Ascending(sent.Where(static each => each.Final is not null).Select(static each => each.Final!.Value - each.Submitted)),
            ChainBlocks = _onChain.Count,
            StaleShare = _made.Length == 0 ? null : 1 - ((double)_onChain.Count / _made.Length),
            EmptyViews = EmptyViews(),
            ViewGaps = ViewGaps(),
            BlockFinality = Ascending(_onChain.Where(static block => block.Final is not null).Select(static block => block.Final!.Value - block.Made)),
            BlockInterval = _onChain.Count < 2 ? null : (_onChain[^1].Made - _onChain[0].Made).TotalSeconds / (_onChain.Count - 1),
            BlockBytes = _onChain.Count == 0 ? null : _onChain.Average(static block => block.Bytes),
            Reorganisations = _observer.Reorganisations.Count,
            DeepestReorganisation = _observer.Reorganisations.DefaultIfEmpty(0).Max(),
            SpreadTo50 = Spread(0.50),
            SpreadTo90 = Spread(0.90),
            SpreadTo99 = Spread(0.99),
            BytesPerTransaction = carried == 0 ? null : (double)(_chain.Simulator.Traffic.Bytes - _bytesBefore) / _chain.Nodes.Count / carried,
            Traffic = Traffic(),
            Fairness = fairness,
            Unfairness = Concentration.Distance(fairness),
            Gini = Concentration.Gini(blocksOf),
            Nakamoto = Concentration.Nakamoto(blocksOf, _engine.ControlShare),
            ProcessorPerBlock = _onChain.Count == 0 ? null : processor.TotalSeconds / _chain.Nodes.Count / _onChain.Count,
            BusiestProcessor = _chain.Nodes.Max(static node => node.ProcessorTime).TotalSeconds / (_chain.Simulator.Now - Instant.Zero).TotalSeconds,
            HashesPerBlock = _engine.HashesPerSecond == 0 || _onChain.Count < 2 ? null
                : _engine.HashesPerSecond * (_onChain[^1].Made - _onChain[0].Made).TotalSeconds / (_onChain.Count - 1),
            Recovery = Recovery(),
            SafetyFault = _observer.SafetyFault,
            LivenessFault = FindLivenessFault(),
            AdversaryPower = _adversaries.Miner is { } miner ? fairness[miner].Item1 : null,
            AdversaryBlocks = _adversaries.Miner is { } maker ? fairness[maker].Item2 : null,
            SpamRate = _adversaries.Spam is null ? null
                : _onChain.Where(block => block.Made <= _end).Sum(static block => block.Spam) / (_end - _begin).TotalSeconds,
            SpendAttempts = _adversaries.Spender?.Attempts,
            SpendSuccesses = _adversaries.Spender?.Successes,
            Victim = MeasureVictim(),
            Blocks = BlocksForPictures(),
            FinalOverTime = FinalOverTime(sent),
        };
    }

    /// <summary>
    /// Transactions a second from batch to batch, to the end of the load: those of the first batch came from before it. Where
    /// batches stop long before the load does, the silence counts.
    /// </summary>
    private double? CommittedRate(Instant from)
    {
        (Instant At, int Count)[] batches =
            [.. _onChain.Where(block => block.Made >= from && block.Made <= _end && block.Load > 0).Select(static block => (block.Made, block.Load)).OrderBy(static each => each.Made)];
        if (batches.Length < 2)
        {
            return _load.Sent == 0 ? null : batches.Sum(static each => each.Count) / (_end - from).TotalSeconds;
        }

        double seconds = (batches[^1].At - batches[0].At).TotalSeconds;
        double silence = (_end - batches[^1].At).TotalSeconds;
        seconds += silence > 5 * seconds / (batches.Length - 1) ? silence : 0;
        return seconds <= 0 ? null : batches.Skip(1).Sum(static each => each.Count) / seconds;
    }

    /// <summary>
    /// Transactions a second from the first that became final to the end of the load. Blocks become final in bursts that have
    /// nothing to do with how long they were filled, so that time from batch to batch is no measure here.
    /// </summary>
    private double? FinalRate()
    {
        BlockRecord[] final = [.. _onChain.Where(block => block.Final <= _end && block.Load > 0).OrderBy(static block => block.Final)];
        return final.Length >= 2 && final[0].Final < _end ? final.Skip(1).Sum(static block => block.Load) / (_end - final[0].Final!.Value).TotalSeconds
            : _load.Sent == 0 ? null
            : final.Sum(static block => block.Load) / (_end - _begin).TotalSeconds;
    }

    /// <summary>The chain of the node whose head has the greatest weight, of those that tell what they have.</summary>
    private List<BlockRecord> LongestChain()
    {
        SimulatedNode best = _chain.Nodes.Where(node => !_adversaries.IsAdversary(node.Index) && SimulatedChain.TryMachineOf(node) is not null)
            .MaxBy(static node => SimulatedChain.MachineOf(node).Tree.Head.Weight)!;
        return _observer.Of(best.Index).Head?.Chain() ?? [];
    }

    private double? EmptyViews()
    {
        if (_engine.ViewOf is not { } viewOf || _onChain.Count < 2)
        {
            return null;
        }

        double views = viewOf(_onChain[^1].Header) - viewOf(_onChain[0].Header);
        return views <= 0 ? null : 1 - ((_onChain.Count - 1) / views);
    }

    private int[] ViewGaps()
    {
        if (_engine.ViewOf is not { } viewOf || _onChain.Count < 2)
        {
            return [];
        }

        ulong[] views = [.. _onChain.Select(block => viewOf(block.Header))];
        int[] gaps = [.. views.Skip(1).Zip(views, static (next, view) => (int)(next - view) - 1)];
        var counts = new int[gaps.Max() + 1];
        foreach (int gap in gaps)
        {
            counts[gap]++;
        }

        return counts;
    }

    private double[] Spread(double part)
    {
        int nodes = int.Max(1, (int)Math.Ceiling(part * _adversaries.NodeCount));
        return Ascending(_onChain.Select(block => block.SpreadTo(nodes)).Where(static each => each is not null).Select(static each => each!.Value));
    }

    private static double[] Ascending(IEnumerable<TimeSpan> times) => [.. times.Select(static each => each.TotalSeconds).Order()];

    private List<(string, long, long)> Traffic() =>
    [
        .. Enum.GetValues<MessageKind>()
            .Select(kind => (kind.ToString(), _chain.Simulator.Traffic.MessagesOf(kind), _chain.Simulator.Traffic.BytesOf(kind)))
            .Where(static each => each.Item2 > 0)
            .OrderByDescending(static each => each.Item3),
    ];

    private List<(double, double)> Fairness()
    {
        double power = _power.Sum(static each => (double)each);
        var made = new double[_power.Count];
        foreach (BlockRecord block in _onChain.Where(block => block.Producer < made.Length))
        {
            made[block.Producer]++;
        }

        double all = double.Max(1, made.Sum());
        return [.. made.Select((blocks, index) => (_power[index] / power, blocks / all))];
    }

    private double? Recovery()
    {
        if (Healed is not { } healed)
        {
            return null;
        }

        // Final at the first node is what a record keeps; that all honest nodes follow is what liveness says.
        BlockRecord? first = _onChain.FirstOrDefault(block => block.Made > healed && block.Final is not null);
        return first is null ? null : (first.Final!.Value - healed).TotalSeconds;
    }

    private VictimMeasures? MeasureVictim()
    {
        if (_adversaries.Victim is not { } victim)
        {
            return null;
        }

        List<BlockRecord> chain = _observer.Of(victim).Head?.Chain() ?? [];
        int common = 0;
        while (common < _longest.Count && common < chain.Count && ReferenceEquals(_longest[common], chain[common]))
        {
            common++;
        }

        HashSet<PeerId> attackers = [.. _chain.Nodes.Where(node => _adversaries.IsAdversary(node.Index)).Select(static node => node.Peer)];
        var peers = SimulatedChain.MachineOf(_chain.Nodes[victim]).ReportPeers(_chain.Simulator.Now);
        return new VictimMeasures(
            _longest.Count - common, chain.Count - common, peers.Count, peers.Count(peer => attackers.Contains(peer.Connection.Peer)));
    }

    private string? FindLivenessFault()
    {
        if (Honest.FirstOrDefault(static node => !node.IsRunning) is { } down)
        {
            return $"{down.Name} does not run";
        }

        Instant newest = _onChain.Count == 0 ? _begin : _onChain.Max(static block => block.Final ?? Instant.Zero);
        if (newest < _begin + ((_chain.Simulator.Now - _begin) / 2))
        {
            return "nothing became final in the second half of the run";
        }

        int final = Honest.Max(node => _observer.Of(node.Index).FinalHeight);
        SimulatedNode? behind = Honest.FirstOrDefault(node => final - _observer.Of(node.Index).FinalHeight > 10);
        int unfinished = _observer.Load.Count - _observer.FinalCount;
        return behind is not null ? $"{behind.Name} is {final - _observer.Of(behind.Index).FinalHeight} final blocks behind"
            : unfinished > _observer.Load.Count / 100 ? $"{unfinished} of {_observer.Load.Count} transactions are not final"
            : null;
    }

    private List<(double, ulong, int, bool)> BlocksForPictures()
    {
        HashSet<BlockRecord> stayed = [.. _onChain];
        return [.. _made.Select(block => ((block.Made - _begin).TotalSeconds, block.Height, block.Producer, stayed.Contains(block)))];
    }

    private List<(double, double)> FinalOverTime(TransactionRecord[] sent)
    {
        double length = (_chain.Simulator.Now - _begin).TotalSeconds;
        double step = double.Max(1, Math.Ceiling(length / 120));
        var bins = new double[(int)(length / step) + 1];
        foreach (TransactionRecord each in sent.Where(static each => each.Final is not null))
        {
            bins[(int)((each.Final!.Value - _begin).TotalSeconds / step)] += 1 / step;
        }

        return [.. bins.Select((rate, index) => (index * step, rate))];
    }
}
