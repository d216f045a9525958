using System.CommandLine;
using System.Globalization;
using Chain.Core.App.Errors;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Gossip;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Run;

/// <summary>The options that make a scenario: a named one or a file, and what is changed of it.</summary>
internal sealed class ScenarioOptions
{
    private readonly Argument<string?> _named = new("scenario") { Description = "as --scenario", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _scenario = new("--scenario", "-s") { Description = "a named scenario (see 'chain lab list') or a JSON file" };
    private readonly Option<string?> _engines = new("--engines", "-e") { Description = "engines and assemblies, for example pow,pos:timeout=1s,./MyBft.dll" };
    private readonly Option<string?> _nodes = new("--nodes", "-n") { Description = "how many nodes there are" };
    private readonly Option<string?> _producers = new("--producers") { Description = "how many of them make blocks; 0 for all" };
    private readonly Option<string?> _power = new("--power") { Description = "how hash power or stake is spread: equal, zipf, or shares such as 3,1,1" };
    private readonly Scenario _unasked;
    private readonly bool _takesRate;
    private readonly Option<string?> _rate = new("--rate", "-r") { Description = "transactions a second" };
    private readonly Option<string?> _size = new("--size") { Description = "bytes of a transaction; 0 for plain transfers" };
    private readonly Option<string?> _network = new("--network") { Description = "a matrix of latencies (see 'chain lab list'), or one latency such as 50ms" };
    private readonly Option<string?> _bandwidth = new("--bandwidth") { Description = "Mbit/s up and down of each node, such as 20 or 10/50; 0 for no limit" };
    private readonly Option<string?> _topology = new("--topology") { Description = "who is connected to whom: automatic, gossip, mesh, random, regional, scalefree, hubandspoke" };
    private readonly Option<string?> _degree = new("--degree") { Description = "connections that a node opens" };
    private readonly Option<string?> _relay = new("--relay") { Description = "how nodes pass blocks on: announce (whole blocks), compact (on request), compactpush" };
    private readonly Option<string?> _seed = new("--seed") { Description = "seeds: 42, or 1,2,3, or 1..10" };
    private readonly Option<string?> _duration = new("--duration", "-d") { Description = "how long the load lasts in simulated time, such as 30s" };
    private readonly Option<string?> _warmup = new("--warmup") { Description = "how long nodes have to find one another" };
    private readonly Option<string?> _drain = new("--drain") { Description = "how long to wait for the last transactions to become final" };

    /// <param name="unasked">What is run where no scenario is named.</param>
    /// <param name="takesRate">Whether a rate is one of them; else the verb has its own rates.</param>
    public ScenarioOptions(Scenario unasked, bool takesRate = true) => (_unasked, _takesRate) = (unasked, takesRate);

    public void AddTo(Command command)
    {
        command.Arguments.Add(_named);
        foreach (Option<string?> option in (Option<string?>[])[_scenario, _engines, _nodes, _producers, _power, _size, _network, _bandwidth, _topology, _degree, _relay, _seed, _duration, _warmup, _drain])
        {
            command.Options.Add(option);
        }

        if (_takesRate)
        {
            command.Options.Add(_rate);
        }
    }

    /// <summary>The scenario that the command line asks for.</summary>
    /// <exception cref="UsageException">It asks for what cannot be.</exception>
    public Scenario Read(ParseResult parsed, EngineShelf shelf)
    {
        string? named = parsed.GetValue(_named);
        if (named is not null && parsed.GetValue(_scenario) is not null)
        {
            throw new UsageException(FaultCode.Scenario, $"--scenario: the scenario was given already, as '{named}'", "one scenario");
        }

        Scenario scenario = (named ?? parsed.GetValue(_scenario)) is { } name ? ScenarioFile.Find(name) : _unasked;
        scenario = scenario with
        {
            Engines = parsed.GetValue(_engines) is { } engines ? shelf.Read(engines) : scenario.Engines,
            Nodes = Number(parsed, _nodes, scenario.Nodes),
            Producers = parsed.GetValue(_nodes) is null ? Number(parsed, _producers, scenario.Producers) : Number(parsed, _producers, 0),
            Power = parsed.GetValue(_power) is { } power ? ReadPower(power) : scenario.Power,
            Load = scenario.Load with { Rate = _takesRate ? Decimal(parsed, _rate, scenario.Load.Rate) : scenario.Load.Rate, Size = Number(parsed, _size, scenario.Load.Size) },
            Network = ReadNetwork(parsed, scenario.Network),
            Seeds = parsed.GetValue(_seed) is { } seeds ? ReadSeeds(seeds) : scenario.Seeds,
            Duration = Duration(parsed, _duration, scenario.Duration),
            Warmup = Duration(parsed, _warmup, scenario.Warmup),
            Drain = Duration(parsed, _drain, scenario.Drain),
        };
        shelf.Check(scenario.Engines);
        return ScenarioCheck.FindProblem(scenario) is { } problem
            ? throw new UsageException(FaultCode.Value, problem)
            : scenario;
    }

    /// <summary>Whether the command line says how long the load lasts: itself, or by naming a scenario.</summary>
    public bool SaysDuration(ParseResult parsed) => (parsed.GetValue(_duration) ?? parsed.GetValue(_named) ?? parsed.GetValue(_scenario)) is not null;

    private NetworkPlan ReadNetwork(ParseResult parsed, NetworkPlan plan)
    {
        if (parsed.GetValue(_network) is { } network)
        {
            plan = Durations.TryParse(network, out TimeSpan latency) ? plan with { Matrix = null, Regions = [], Latency = latency }
                : PublishedLatencies.Find(network) is not null ? plan with { Matrix = network, Regions = [] }
                : throw Wrong(_network, network, $"a latency such as 50ms, or one of {string.Join(", ", PublishedLatencies.All.Select(static each => each.Name))}");
        }

        if (parsed.GetValue(_bandwidth) is { } bandwidth)
        {
            long[] megabits = [.. bandwidth.Split('/').Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value <= 1_000_000 ? value : -1)];
            plan = megabits.Length is 1 or 2 && !megabits.Contains(-1)
                ? plan with { UplinkBitsPerSecond = megabits[0] * 1_000_000, DownlinkBitsPerSecond = megabits[^1] * 1_000_000 }
                : throw Wrong(_bandwidth, bandwidth, "whole Mbit/s such as 20, or up and down such as 10/50");
        }

        string? topology = parsed.GetValue(_topology);
        string? relay = parsed.GetValue(_relay);
        return plan with
        {
            Relay = relay is null ? plan.Relay : ReadName<BlockRelay>(_relay, relay),
            Topology = topology is null ? plan.Topology : ReadName<TopologyRule>(_topology, topology),
            Degree = Number(parsed, _degree, plan.Degree),
        };
    }

    private PowerPlan ReadPower(string text) =>
        Enum.TryParse(text, ignoreCase: true, out PowerRule rule) && rule != PowerRule.Listed && !char.IsAsciiDigit(text[0])
            ? new PowerPlan { Rule = rule }
            : new PowerPlan
            {
                Rule = PowerRule.Listed,
                Shares = [.. text.Split(',').Select(part => double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share > 0 ? share : throw Wrong(_power, text, "equal, zipf, or positive shares such as 3,1,1"))],
            };

    private ulong[] ReadSeeds(string text)
    {
        string[] ends = text.Split("..");
        if (ends.Length == 2 && ulong.TryParse(ends[0], out ulong first) && ulong.TryParse(ends[1], out ulong last) && last >= first && last - first < 10_000)
        {
            return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => first + (ulong)i)];
        }

        return [.. text.Split(',').Select(part => ulong.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed : throw Wrong(_seed, text, "42, or 1,2,3, or 1..10"))];
    }

    private static T ReadName<T>(Option option, string text)
        where T : struct, Enum
    {
        return !char.IsAsciiDigit(text[0]) && Enum.TryParse(text, ignoreCase: true, out T value)
            ? value
            : throw Wrong(option, text, string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant());
    }

    private static int Number(ParseResult parsed, Option<string?> option, int otherwise) =>
        parsed.GetValue(option) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value
        : throw Wrong(option, text, "a whole number");

    private static double Decimal(ParseResult parsed, Option<string?> option, double otherwise) =>
        parsed.GetValue(option) is not { } text ? otherwise
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) ? value
        : throw Wrong(option, text, "a number");

    private static TimeSpan Duration(ParseResult parsed, Option<string?> option, TimeSpan otherwise) =>
        parsed.GetValue(option) is not { } text ? otherwise
        : Durations.TryParse(text, out TimeSpan value) ? value
        : throw Wrong(option, text, "a duration such as 250ms, 30s or 10m");

    private static UsageException Wrong(Option option, string found, string expected) =>
        new(FaultCode.Value, $"{option.Name}: '{found}' is not a value that it takes", expected);
}
