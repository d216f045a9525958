using System.Diagnostics;
using System.Globalization;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using QuickStart;

namespace Chain.Core.Soak;

/// <summary>
/// Kills, restarts, splits and heals a fleet under load for as long as it is told, and after each asks whether
/// everything that must hold does.
/// </summary>
internal sealed class SoakRun : IAsyncDisposable
{
    /// <summary>Deeper than any split of a run can make two chains grow apart.</summary>
    private const int FinalDepth = 100;

    /// <summary>Blocks are found all the time: nodes agree where they have the same block this far under the best head.</summary>
    private const ulong AgreeBelow = 2;

    private const int PaymentsTick = 100;
    private static readonly TimeSpan CountTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LastInclusions = TimeSpan.FromMinutes(5);

    private readonly SoakOptions _options;
    private readonly CancellationToken _stop;
    private readonly SoakLog _log = new();
    private readonly DeterministicRandom _random;
    private readonly ChainBook _book;
    private readonly Observer _observer;
    private readonly Payments _payments;
    private readonly NamespaceWires? _namespaces;
    private readonly Fleet _fleet;
    private int _kills;
    private int _splits;
    private int _lossy;
    private TimeSpan _slowestAgreement;

    public SoakRun(SoakOptions options, CancellationToken stop)
    {
        _options = options;
        _stop = stop;
        _random = new DeterministicRandom(options.Seed);
        RemoveOldRun(options.Data);
        Demo.WriteGenesis(options.Data, options.Consensus, options.Miners);
        DemoGenesis genesis = Demo.ReadGenesis(options.Data)!;
        ChainDefinition chain = Demo.CreateChain(genesis);
        _book = new ChainBook(chain, options.Nodes);
        _observer = new Observer(_book, Demo.CoinsOf(genesis), _log);
        _payments = new Payments(chain.GenesisId);
        _namespaces = options.Kind == SoakKind.Namespaces ? new NamespaceWires(options.Nodes) : null;
        _fleet = new Fleet([.. Enumerable.Range(0, options.Nodes).Select(NewNode)], (IWires?)_namespaces ?? new ProxyWires());
    }

    private IReadOnlyList<FleetNode> Running => [.. _fleet.Nodes.Where(node => node.IsRunning)];

    public async Task<int> RunAsync()
    {
        _log.Write($"{_options.Nodes} nodes ({_options.Kind}), {_options.Consensus}, {_options.Miners} make blocks, {_options.Rate} payments/s, seed {_options.Seed}, for {_options.Duration.TotalSeconds:F0} s");
        await _fleet.StartAsync(_random);
        using var paying = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        Task payments = PayAsync(paying.Token);
        while (!_stop.IsCancellationRequested && _log.Elapsed < _options.Duration)
        {
            await PauseAsync(1000, 6000);
            await DisturbAsync();
            await CheckAsync();
        }

        await paying.CancelAsync();
        await payments;
        await FinishAsync();
        return Summarize();
    }

    public async ValueTask DisposeAsync()
    {
        _observer.Stop();
        await _fleet.DisposeAsync();
        _payments.Dispose();
    }

    private static void RemoveOldRun(string data)
    {
        if (Directory.Exists(data))
        {
            foreach (string folder in Directory.GetDirectories(data, "node-*"))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private FleetNode NewNode(int index)
    {
        var arguments = new Arguments { Data = _options.Data };
        return _options.Kind == SoakKind.InProcess
            ? new InProcessNode(index, arguments, _observer.OnLine)
            : new ProcessNode(index, arguments, _observer.OnLine, _namespaces);
    }

    private async Task DisturbAsync()
    {
        switch (_random.NextIndex(_namespaces is null ? 10 : 14))
        {
            case >= 10:
                await LoseAsync(_namespaces!);
                break;
            case < 5:
                await KillAndRestartAsync(1);
                break;
            case < 7:
                await KillAndRestartAsync(2 + _random.NextIndex(Math.Max(1, _options.Nodes / 3)));
                break;
            default:
                await SplitAndHealAsync(killsInside: _random.NextIndex(3) == 0);
                break;
        }
    }

    private async Task KillAndRestartAsync(int count)
    {
        int[] victims = [.. Enumerable.Range(0, _options.Nodes)];
        _random.Shuffle<int>(victims);
        victims = victims[..Math.Min(count, _options.Nodes - 1)];
        _log.Write($"kill {string.Join(',', victims)}");
        foreach (int victim in victims)
        {
            await _fleet.Nodes[victim].KillAsync();
            lock (_observer.Gate)
            {
                _book.OnKilled(victim);
            }
        }

        _kills += victims.Length;
        await PauseAsync(100, 5000);
        foreach (int victim in victims)
        {
            await _fleet.StartAsync(_fleet.Nodes[victim]);
        }
    }

    /// <summary>Some nodes lose packets and have little bandwidth for a while.</summary>
    private async Task LoseAsync(NamespaceWires wires)
    {
        int[] victims = [.. Enumerable.Range(0, _options.Nodes)];
        _random.Shuffle<int>(victims);
        victims = victims[..(1 + _random.NextIndex(_options.Nodes))];
        int loss = 1 + _random.NextIndex(15);
        int kilobits = 500 + _random.NextIndex(4_000);
        _log.Write($"{loss} % loss and {kilobits} kbit/s at {string.Join(',', victims)}");
        Array.ForEach(victims, victim => wires.Disturb(victim, loss, kilobits));
        _lossy++;
        await PauseAsync(3000, 12_000);
        Array.ForEach(victims, wires.Calm);
        _log.Write("no loss");
    }

    private async Task SplitAndHealAsync(bool killsInside)
    {
        int[] all = [.. Enumerable.Range(0, _options.Nodes)];
        _random.Shuffle<int>(all);
        HashSet<int> group = [.. all.Take(1 + _random.NextIndex(_options.Nodes - 1))];
        _log.Write($"split {string.Join(',', group.Order())} | the others");
        _fleet.Wires.Split(group);
        _splits++;
        await PauseAsync(2000, 12_000);
        if (killsInside)
        {
            await KillAndRestartAsync(1 + _random.NextIndex(2));
            await PauseAsync(500, 5000);
        }

        _fleet.Wires.Heal();
        _log.Write("heal");
    }

    /// <summary>All nodes agree, what was final is final still, no coin is made or lost, nothing is applied twice.</summary>
    private async Task CheckAsync()
    {
        long began = Stopwatch.GetTimestamp();
        SeenBlock? agreed = null;
        int[] running = [.. Running.Select(node => node.Index)];
        if (!await Patience.UntilAsync(() => (agreed = _book.FindAgreed(running, AgreeBelow)) is not null, _observer.Gate, _options.AgreementTime))
        {
            AddViolation($"no agreement within {_options.AgreementTime.TotalSeconds:F0} s: {DescribeHeads(running)}");
            return;
        }

        TimeSpan took = Stopwatch.GetElapsedTime(began);
        _slowestAgreement = took > _slowestAgreement ? took : _slowestAgreement;
        bool counted = await _observer.CountCoinsAsync(Running, CountTime);
        lock (_observer.Gate)
        {
            if (!counted)
            {
                _book.Violations.Add("a node did not count its coins in time");
            }

            Settle(agreed!, FinalDepth);
            _observer.ReportViolations();
            _log.Write(string.Create(CultureInfo.InvariantCulture, $"agreed on #{agreed!.Height} {agreed.Header.Id} after {took.TotalSeconds:F1} s · {running.Length} nodes · {_payments.Sent} sent, {_payments.CountOutstanding(agreed, _book.Final)} outstanding"));
        }
    }

    private void Settle(SeenBlock agreed, int depth)
    {
        foreach (SeenBlock block in _book.Settle(agreed, depth))
        {
            _payments.OnSettled(block, _book.Violations);
        }
    }

    /// <summary>Lets every payment come in, then asks for one head.</summary>
    private async Task FinishAsync()
    {
        int[] all = [.. _fleet.Nodes.Select(node => node.Index)];
        long began = Stopwatch.GetTimestamp();
        SeenBlock? agreed = null;
        while (Stopwatch.GetElapsedTime(began) < LastInclusions)
        {
            lock (_observer.Gate)
            {
                agreed = _book.FindAgreed(all, AgreeBelow);
                if (agreed is not null && _payments.CountOutstanding(agreed, _book.Final) == 0)
                {
                    break;
                }
            }

            ResendOld();
            await Task.Delay(1000, CancellationToken.None);
        }

        bool isOne = await Patience.UntilAsync(() => _book.FindAgreed(all, 0) is not null, _observer.Gate, _options.AgreementTime);
        if (!isOne)
        {
            AddViolation($"no single head at the end: {DescribeHeads(all)}");
        }

        lock (_observer.Gate)
        {
            agreed = _book.FindAgreed(all, AgreeBelow) ?? agreed;
            if (agreed is null || _payments.CountOutstanding(agreed, _book.Final) > 0)
            {
                _book.Violations.Add("payments were never included");
            }
            else
            {
                Settle(agreed, 0);
            }
        }
    }

    private int Summarize()
    {
        lock (_observer.Gate)
        {
            _observer.ReportViolations();
            string depths = string.Join(", ", _book.Reorganisations.Select(each => $"{each.Key}×{each.Value}"));
            _log.Write($"reorganisations by depth: {(depths.Length == 0 ? "none" : depths)} · blamed: {_observer.Misbehaviours}");
            _log.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{_options.Kind} seed {_options.Seed}: {_log.Elapsed.TotalSeconds:F0} s, {_options.Nodes} nodes, {_kills} kills and restarts, {_splits} splits, {_book.Blocks} blocks, height {_book.Final.Height}, final by the engine {_book.FinalByEngine}, {_lossy} times loss and little bandwidth, {_payments.Sent} transactions sent, {_payments.Settled} included, slowest agreement {_slowestAgreement.TotalSeconds:F1} s, largest process {_observer.WorkingSet >> 20} MB, violations {_book.Violations.Count}"));
            return _book.Violations.Count == 0 ? 0 : 1;
        }
    }

    private async Task PayAsync(CancellationToken stop)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(PaymentsTick));
        double due = 0;
        try
        {
            for (int tick = 1; await ticks.WaitForNextTickAsync(stop); tick++)
            {
                for (due += _options.Rate * PaymentsTick / 1000.0; due >= 1; due--)
                {
                    lock (_observer.Gate)
                    {
                        _payments.SendOne(_fleet.Nodes);
                    }
                }

                if (tick % 50 == 0)
                {
                    ResendOld();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
    }

    private void ResendOld()
    {
        IReadOnlyList<FleetNode> running = Running;
        lock (_observer.Gate)
        {
            if (running.Count > 0 && _book.HeadOf(running[0].Index) is { } head && head.Contains(_book.Final))
            {
                _payments.Resend(head, _book.Final, running);
            }
        }
    }

    private void AddViolation(string violation)
    {
        lock (_observer.Gate)
        {
            _book.Violations.Add(violation);
            _observer.ReportViolations();
        }
    }

    private string DescribeHeads(IEnumerable<int> nodes)
    {
        lock (_observer.Gate)
        {
            return string.Join(' ', nodes.Select(node => $"{node}:#{_book.HeadOf(node)?.Header.Height}{_book.HeadOf(node)?.Header.Id}"));
        }
    }

    private Task PauseAsync(int leastMilliseconds, int mostMilliseconds)
    {
        int wait = leastMilliseconds + _random.NextIndex(mostMilliseconds - leastMilliseconds);
        return Task.Delay(wait, _stop).ContinueWith(static _ => { }, TaskScheduler.Default);
    }
}
