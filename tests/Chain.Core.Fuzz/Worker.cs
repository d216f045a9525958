using System.Diagnostics;
using System.Text.Json;
using Chain.Core.Machines;

namespace Chain.Core.Fuzz;

/// <summary>Fuzzes one target in this process, whose assemblies are instrumented.</summary>
internal sealed class Worker
{
    private static readonly TimeSpan StatusEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly Lock _writing = new();
    private readonly string _status;
    private readonly EdgeMap _edges;
    private readonly FuzzTarget _target;
    private readonly Corpus _corpus;
    private readonly DeterministicRandom _random;
    private readonly FindingFiles _findings;
    private readonly CurrentInput _current;
    private long _inputs;
    private long _accepted;
    private TimeSpan _slowest;
    private long _runStarted;

    private Worker(string name, FuzzOptions options, EdgeMap edges, CurrentInput current)
    {
        _status = StatusPath(options.Output, name);
        _edges = edges;
        _current = current;
        _target = TargetCatalog.Create(name);
        _random = new DeterministicRandom(options.Seed);
        _corpus = new Corpus(_random);
        _findings = new FindingFiles(FindingsFolder(options.Output), name);
    }

    public static string StatusPath(string output, string target) => Path.Combine(output, target + ".json");

    public static string CurrentPath(string output, string target) => Path.Combine(output, target + ".current");

    public static string FindingsFolder(string output) => Path.Combine(output, "findings");

    public static int Run(string name, FuzzOptions options)
    {
        // Before anything else: every instrumented instruction writes to the map.
        var edges = new EdgeMap();
        using var current = new CurrentInput(CurrentPath(options.Output, name), TargetCatalog.MaxInputLength);
        var worker = new Worker(name, options, edges, current);
        worker.Run(TimeSpan.FromMinutes(options.Minutes));
        return 0;
    }

    private void Run(TimeSpan duration)
    {
        long started = Stopwatch.GetTimestamp();
        var mutator = new Mutator(_random, _target);
        using var watch = new Timer(_ => Watch(), null, StatusEvery, StatusEvery);
        foreach (byte[] seed in _target.Seeds)
        {
            Try(seed);
            _edges.TakeNew();
            _corpus.Add(seed);
        }

        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            byte[] input = mutator.Mutate(_corpus.Pick(), _corpus.Pick);
            Try(input);
            if (_edges.TakeNew())
            {
                _corpus.Add(input);
            }
        }

        WriteStatus();
    }

    private void Try(byte[] input)
    {
        _current.Set(input);
        Interlocked.Exchange(ref _runStarted, Stopwatch.GetTimestamp());
        _edges.Start();
        RunOutcome outcome = InputRunner.Run(_target, input);
        Interlocked.Exchange(ref _runStarted, 0);
        Interlocked.Increment(ref _inputs);
        _accepted += outcome.IsAccepted ? 1 : 0;
        _slowest = outcome.Elapsed > _slowest ? outcome.Elapsed : _slowest;
        if (outcome.Finding is not null)
        {
            _findings.Keep(input, outcome.Finding);
        }
    }

    /// <summary>On a thread of its own: tells how far the target is, and ends a process that does not come back from an input.</summary>
    private void Watch()
    {
        WriteStatus();
        long started = Interlocked.Read(ref _runStarted);
        if (started != 0 && Stopwatch.GetElapsedTime(started) > Hang)
        {
            Environment.FailFast($"An input of {_target.Name} runs for more than {Hang}.");
        }
    }

    private void WriteStatus()
    {
        var result = new FuzzResult(
            _target.Name,
            Interlocked.Read(ref _inputs),
            _accepted,
            Environment.CpuUsage.TotalTime.TotalSeconds,
            _corpus.Count,
            _edges.Edges,
            _slowest.TotalMilliseconds,
            _findings.Kinds);
        lock (_writing)
        {
            File.WriteAllText(_status + ".new", JsonSerializer.Serialize(result));
            File.Move(_status + ".new", _status, overwrite: true);
        }
    }
}
