using System.Diagnostics;
using System.Globalization;
using Chain.Core.Crypto;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace QuickStart;

/// <summary>The main job: processes that agree, while payments flow, one process is killed and the network is split.</summary>
internal sealed class Show : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Arguments _arguments;
    private readonly string _explorer;
    private readonly CancellationToken _stop;
    private readonly ChainDefinition _chain;
    private readonly HeadersClient _headers;
    private readonly Workload _workload;
    private readonly Cluster _cluster;
    private readonly HashSet<string> _undone = [];
    private readonly Lock _gate = new();
    private readonly List<string> _problems = [];
    private TaskCompletionSource<string[]> _proof = new();
    private TaskCompletionSource<string[]> _stake = new();
    private string? _reportedAt;
    private int _undoneBlocks;
    private int _recovered;
    private BlockHeight? _final;
    private (BlockHeader Header, int Transactions)? _latest;

    public Show(Arguments arguments, CancellationToken stop)
    {
        _arguments = ExplorerPage.ChoosePort(arguments);
        _explorer = ExplorerPage.Describe(_arguments, wasAsked: arguments.Rpc is not null);
        _stop = stop;
        RemoveOldRun(arguments.Data);
        Demo.WriteGenesis(arguments.Data, arguments.Consensus, arguments.Nodes);
        _chain = Demo.CreateChain(Demo.ReadGenesis(arguments.Data)!);
        _headers = new HeadersClient(_chain);
        _workload = new Workload(_chain.GenesisId);
        _cluster = new Cluster(_arguments, OnLine);
    }

    public async Task<int> RunAsync()
    {
        string engine = _arguments.Consensus switch { "pow" => "proof of work", "pos" => "proof of stake", _ => "Dev engine" };
        Print($"{_arguments.Nodes} nodes · {engine} · encrypted TCP on 127.0.0.1 · data in {Path.GetRelativePath(Environment.CurrentDirectory, _arguments.Data)}");
        await _cluster.StartAsync();
        ExplorerPage.Open(_arguments);
        long started = Stopwatch.GetTimestamp();
        Print($"{_explorer}   (Ctrl+C stops)");
        Print($"a node in another terminal: dotnet run -c Release --project samples/QuickStart -- --connect 127.0.0.1:{_cluster.Nodes[0].Port}");
        using var paying = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        Task payments = PayAsync(paying.Token);
        TimeSpan whole = _arguments.Duration ?? TimeSpan.FromSeconds(60);
        await WatchAsync(started, whole * 0.25);
        await KillAndRestartAsync();
        await WatchAsync(started, whole * 0.5);
        await SplitAndHealAsync(whole * 0.12);
        await RunKeyTwiceAsync();
        await WatchAsync(started, whole * 0.8);
        await ProveBalanceAsync();
        await WatchAsync(started, _arguments.Duration ?? TimeSpan.MaxValue);
        await paying.CancelAsync();
        await payments;
        return await SummarizeAsync(Stopwatch.GetElapsedTime(started));
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _workload.Dispose();
    }

    /// <summary>Nothing until a payment is included.</summary>
    private string DescribeInclusion() =>
        _workload.Quantile(0.95) is var seconds && double.IsNaN(seconds) ? "" : $" · p95 inclusion {seconds:F1} s";

    private static void RemoveOldRun(string data)
    {
        if (Directory.Exists(data))
        {
            foreach (string folder in Directory.GetDirectories(data, "node-*").Concat(Directory.GetDirectories(data, "joined")))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task PayAsync(CancellationToken stop)
    {
        const int PerTick = 12;
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            for (int tick = 0; await ticks.WaitForNextTickAsync(stop); tick++)
            {
                for (int i = 0; i < PerTick; i++)
                {
                    _workload.SendOne(_cluster.Nodes);
                }

                if (tick % 100 == 99)
                {
                    _workload.ResendOld(_cluster.Nodes[0]);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
    }

    private async Task WatchAsync(long started, TimeSpan until)
    {
        int before = _workload.Included;
        long since = Stopwatch.GetTimestamp();
        while (!_stop.IsCancellationRequested && Stopwatch.GetElapsedTime(started) < until)
        {
            // A pause may end a moment early: the last one is a little longer than what is left.
            TimeSpan left = until - Stopwatch.GetElapsedTime(started) + TimeSpan.FromMilliseconds(50);
            await PauseAsync(left < TimeSpan.FromSeconds(3) ? left : TimeSpan.FromSeconds(3));
            if (_latest is { } latest)
            {
                double rate = (_workload.Included - before) / Stopwatch.GetElapsedTime(since).TotalSeconds;
                Print($"#{latest.Header.Height} {latest.Header.Id} {latest.Transactions} tx · {_cluster.CountAgreeing()}/{_arguments.Nodes} nodes agree{(_final is { } final ? $" · #{final} final" : "")} · {rate:F0} tx/s{DescribeInclusion()}");
            }

            if (_arguments.Verbose)
            {
                Print(string.Join(" · ", _cluster.Nodes.Select(node => $"{node.Index}: #{node.Head?.Height} {node.Head?.Id}")));
            }

            before = _workload.Included;
            since = Stopwatch.GetTimestamp();
        }
    }

    private async Task KillAndRestartAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        NodeProcess victim = _cluster.Nodes[^1];
        await victim.KillAsync();
        Print($"node {victim.Index} killed …");
        await PauseAsync(TimeSpan.FromSeconds(3));
        await _cluster.StartAsync(victim);
        long started = Stopwatch.GetTimestamp();
        bool caughtUp = await _cluster.WaitForOneHeadAsync(Patience, _stop);
        Check(caughtUp, $"node {victim.Index} did not catch up within {Patience.TotalSeconds:F0} s");
        Print($"  … restarted, recovered {_recovered} blocks from disk, caught up in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
    }

    private async Task SplitAndHealAsync(TimeSpan duration)
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        int half = _arguments.Nodes / 2;
        lock (_gate)
        {
            _undone.Clear();
            _undoneBlocks = 0;
        }

        _cluster.Split();
        Print($"network split {half}|{_arguments.Nodes - half} …");
        await PauseAsync(duration);
        Print(_final is { } final ? $"  … #{final} is final, and nothing more: neither half has two thirds of the stake …" : $"  … {_cluster.CountHeads()} heads …");
        _cluster.Heal();
        long healed = Stopwatch.GetTimestamp();
        bool one = await _cluster.WaitForOneHeadAsync(Patience, _stop);
        double seconds = Stopwatch.GetElapsedTime(healed).TotalSeconds;
        Check(one, $"the halves did not agree within {Patience.TotalSeconds:F0} s");
        int lost = await WaitForReturnAsync();
        Check(lost == 0, $"{lost} transactions of undone blocks did not come back");
        Print($"  … healed: {(one ? "one head" : "no agreement")} after {seconds:F1} s, {_undoneBlocks} blocks reorganised, {lost} transactions lost");
    }

    /// <summary>How many transactions of undone blocks are still in no block when patience ends.</summary>
    private async Task<int> WaitForReturnAsync()
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            string[] undone;
            lock (_gate)
            {
                undone = [.. _undone];
            }

            int missing = _workload.CountMissing(undone);
            if (missing == 0 || _stop.IsCancellationRequested || Stopwatch.GetElapsedTime(started) > Patience)
            {
                return missing;
            }

            await PauseAsync(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>The commonest way to lose stake: a key that runs on two machines, which sign two blocks of one view.</summary>
    private async Task RunKeyTwiceAsync()
    {
        const int AtLeast = 4; // of three validators, one is not less than a third
        if (_stop.IsCancellationRequested || _arguments.Consensus != "pos" || _arguments.Nodes < AtLeast)
        {
            return;
        }

        NodeProcess offender = _cluster.Nodes[2];
        Print($"the key of node {offender.Index} is started a second time, as from an old backup …");
        await _cluster.StartTwinAsync(offender);
        string[]? punished = await WaitForStakeAsync(offender, static words => words[3] == "banned");
        Check(punished is not null, "nobody was punished for voting twice");
        if (punished is null)
        {
            return;
        }

        Print($"  … both signed in one view; the proof is in block #{_reportedAt}: {Stake.Each - ulong.Parse(punished[2], CultureInfo.InvariantCulture)} of its {Stake.Each} coins are slashed …");
        string[]? gone = await WaitForStakeAsync(offender, static words => words[4] == "out");
        Check(gone is not null, "the offender still votes");
        Print(gone is null ? "  … it still votes" : $"  … and at block #{gone[1]} {gone[5]} validators go on without it");
    }

    /// <summary>Asks until a validator stands so; null where that takes too long.</summary>
    private async Task<string[]?> WaitForStakeAsync(NodeProcess validator, Func<string[], bool> isSo)
    {
        long started = Stopwatch.GetTimestamp();
        while (!_stop.IsCancellationRequested && Stopwatch.GetElapsedTime(started) < Patience)
        {
            _stake = new TaskCompletionSource<string[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            _cluster.Nodes[0].Tell($"stake {validator.Index}");
            string[] answer = await _stake.Task.WaitAsync(Patience);
            if (isSo(answer))
            {
                return answer;
            }

            await PauseAsync(TimeSpan.FromMilliseconds(250));
        }

        return null;
    }

    private async Task ProveBalanceAsync()
    {
        for (int attempt = 0; attempt < 5 && !_stop.IsCancellationRequested; attempt++)
        {
            _proof = new TaskCompletionSource<string[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            _cluster.Nodes[1].Tell($"prove {_workload.Bob.Value}");
            string[] answer = await _proof.Task.WaitAsync(Patience);
            byte[] proof = Convert.FromHexString(answer[2]);
            lock (_gate)
            {
                if (_headers.TryReadBalance(new BlockId(Hash256.Parse(answer[1])), proof, _workload.Bob, out ulong balance, out BlockHeight height))
                {
                    Print($"balance proof for bob ({balance}): {proof.Length} bytes, verified against block #{height} by a client that holds headers only");
                    return;
                }
            }

            // The node was ahead of node 0, or its block was undone meanwhile: ask again.
            await PauseAsync(TimeSpan.FromSeconds(1));
        }

        Check(_stop.IsCancellationRequested, "no balance proof could be verified");
    }

    private async Task<int> SummarizeAsync(TimeSpan ran)
    {
        bool agreed = await _cluster.WaitForOneHeadAsync(Patience, CancellationToken.None);
        Check(agreed, "the nodes do not agree on a head");
        long started = Stopwatch.GetTimestamp();
        while (_workload.Included < _workload.Sent && Stopwatch.GetElapsedTime(started) < Patience)
        {
            _workload.ResendOld(_cluster.Nodes[0]);
            await Task.Delay(500);
        }

        Check(_workload.Included == _workload.Sent, $"{_workload.Sent - _workload.Included} transactions were never included");
        Check(_arguments.Consensus != "pos" || _final is not null, "no block became final");
        Check(_headers.Refused == 0, $"{_headers.Refused} headers broke a rule");
        Print($"{ran.TotalSeconds:F0} s: #{_headers.Height} · {_workload.Sent} transactions sent, {_workload.Included} included · inclusion p50 {_workload.Quantile(0.5):F1} s, p95 {_workload.Quantile(0.95):F1} s");
        _problems.ForEach(problem => Print($"problem: {problem}"));
        return _problems.Count == 0 ? 0 : 1;
    }

    private void OnLine(NodeProcess node, string[] words)
    {
        lock (_gate)
        {
            switch (words[0])
            {
                case "ready":
                    _recovered = int.Parse(words[2], CultureInfo.InvariantCulture);
                    break;
                case "done":
                    BlockHeader header = Demo.DecodeHeader(words[1]);
                    _headers.Add(header);
                    OnDone(node, header, words[2]);
                    break;
                case "final" when node.Index == 0:
                    _final = _headers.HeightOf(new BlockId(Hash256.Parse(words[1]))) ?? _final;
                    break;
                case "undone":
                    _undoneBlocks++;
                    _undone.UnionWith(words[2].Split(',', StringSplitOptions.RemoveEmptyEntries));
                    if (node.Index == 0)
                    {
                        _workload.OnBlockUndone(words[2]);
                    }

                    break;
                case "note" when _arguments.Verbose:
                    Print($"  node {node.Index}: {string.Join(' ', words[1..])}");
                    break;
                case "proof":
                    _proof.TrySetResult(words);
                    break;
                case "stake":
                    _stake.TrySetResult(words);
                    break;
                case "reported" when node.Index == 0:
                    _reportedAt ??= words[1];
                    break;
                case "ended":
                    _problems.Add($"node {node.Index} ended by itself");
                    break;
                case "invalid":
                    _problems.Add($"node {node.Index} found a block invalid: {string.Join(' ', words[2..])}");
                    break;
            }
        }
    }

    private void OnDone(NodeProcess node, BlockHeader header, string ids)
    {
        if (node.Index == 0)
        {
            _workload.OnBlockDone(ids);
            _latest = (header, ids.Length == 0 ? 0 : ids.Count(each => each == ',') + 1);
        }
    }

    private void Check(bool holds, string problem)
    {
        if (!holds && !_stop.IsCancellationRequested)
        {
            _problems.Add(problem);
        }
    }

    private Task PauseAsync(TimeSpan time) => Task.Delay(time, _stop).ContinueWith(static _ => { }, TaskScheduler.Default);

    private static void Print(string line) => Console.WriteLine($"  {line}");
}
