using System.Globalization;
using System.Net;
using Chain.Core.Wire;

namespace QuickStart;

/// <summary>What the user asked for on the command line.</summary>
internal sealed record Arguments
{
    public const int UsageExitCode = 78;

    public const string Usage =
        """
        QuickStart: a small chain of real processes on 127.0.0.1.
          --consensus pow|pos|dev  the engine (pow)
          --nodes N             how many processes, 2 to 16 (4)
          --duration 60s        stop after so long; without it, Ctrl+C stops
          --data DIR            where the nodes keep their chains, made anew by each run (./quickstart-data)
          --rpc PORT            where node 0 serves the explorer and JSON-RPC on 127.0.0.1, 0 for nowhere (8645)
          --no-browser          leave the browser alone
          --verbose             show peers that come, go and misbehave
          --connect HOST:PORT   start one node in this terminal and join a QuickStart that is running
        """;

    private static readonly string[] Names = ["--consensus", "--nodes", "--duration", "--data", "--connect", "--rpc", "--node", "--validator", "--listen", "--no-browser", "--verbose", "--help"];

    public string Consensus { get; private init; } = "pow";

    public int Nodes { get; private init; } = 4;

    public TimeSpan? Duration { get; private init; }

    public string Data { get; init; } = Path.Combine(Environment.CurrentDirectory, "quickstart-data");

    public IReadOnlyList<PeerAddress> Connect { get; private init; } = [];

    /// <summary>The port of 127.0.0.1 where node 0 serves RPC, 0 for none; null where it was not said.</summary>
    public int? Rpc { get; init; }

    /// <summary>Set by the parent: where the node listens; a port that is free on 127.0.0.1 where it was not said.</summary>
    public IPEndPoint Listen { get; private init; } = new(IPAddress.Loopback, 0);

    public bool NoBrowser { get; private init; }

    /// <summary>Set by the parent for the processes that it starts: the node's index.</summary>
    public int? Node { get; private init; }

    /// <summary>Set by the parent: the node whose key this one votes with, where it is not its own.</summary>
    public int? Validator { get; private init; }

    public bool Verbose { get; private init; }

    public bool Help { get; private init; }

    /// <summary>Reads the command line; the problem is one line for people.</summary>
    public static bool TryParse(string[] args, out Arguments arguments, out string problem)
    {
        arguments = new Arguments();
        problem = "";
        for (int i = 0; i < args.Length; i++)
        {
            string name = args[i];
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            bool takesValue = name is not ("--no-browser" or "--verbose" or "--help");
            if (!Names.Contains(name))
            {
                problem = $"unknown option {name}{Suggest(name)}";
                return false;
            }

            if (takesValue && value is null)
            {
                problem = $"{name} needs a value";
                return false;
            }

            if (!arguments.TryApply(name, value ?? "", out arguments, out string expected))
            {
                problem = $"{name} {value}: expected {expected}";
                return false;
            }

            i += takesValue ? 1 : 0;
        }

        return true;
    }

    private bool TryApply(string name, string value, out Arguments changed, out string expected)
    {
        changed = this;
        expected = "";
        switch (name)
        {
            case "--help":
                changed = this with { Help = true };
                return true;
            case "--no-browser":
                changed = this with { NoBrowser = true };
                return true;
            case "--verbose":
                changed = this with { Verbose = true };
                return true;
            case "--consensus":
                expected = "pow, pos or dev";
                changed = this with { Consensus = value };
                return value is "pow" or "pos" or "dev";
            case "--nodes":
                expected = "a number from 2 to 16";
                bool isCount = int.TryParse(value, CultureInfo.InvariantCulture, out int nodes) && nodes is >= 2 and <= 16;
                changed = this with { Nodes = nodes };
                return isCount;
            case "--rpc":
                expected = "a port from 1 to 65535, or 0";
                bool isPort = int.TryParse(value, CultureInfo.InvariantCulture, out int port) && port is >= 0 and <= ushort.MaxValue;
                changed = this with { Rpc = port };
                return isPort;
            case "--node":
                bool isIndex = int.TryParse(value, CultureInfo.InvariantCulture, out int node);
                changed = this with { Node = node };
                return isIndex;
            case "--validator":
                bool isValidator = int.TryParse(value, CultureInfo.InvariantCulture, out int validator);
                changed = this with { Validator = validator };
                return isValidator;
            case "--duration":
                expected = "a time such as 60s or 5m";
                bool isTime = TryParseDuration(value, out TimeSpan duration);
                changed = this with { Duration = duration };
                return isTime;
            case "--listen":
                bool isEndPoint = IPEndPoint.TryParse(value, out IPEndPoint? listen);
                changed = this with { Listen = listen ?? Listen };
                return isEndPoint;
            case "--data":
                changed = this with { Data = Path.GetFullPath(value) };
                return true;
            case "--connect":
                expected = "HOST:PORT, several with commas";
                return TryParseConnect(value, out changed);
            default:
                return true;
        }
    }

    private bool TryParseConnect(string value, out Arguments changed)
    {
        var addresses = new List<PeerAddress>();
        foreach (string part in value.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!PeerAddress.TryParse(part, out PeerAddress? address))
            {
                changed = this;
                return false;
            }

            addresses.Add(address);
        }

        changed = this with { Connect = addresses };
        return true;
    }

    private static bool TryParseDuration(string value, out TimeSpan duration)
    {
        duration = default;
        int unit = value.EndsWith('s') ? 1 : value.EndsWith('m') ? 60 : 0;
        if (unit == 0 || !int.TryParse(value.AsSpan(0, value.Length - 1), CultureInfo.InvariantCulture, out int count) || count <= 0)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds((long)count * unit);
        return true;
    }

    private static string Suggest(string name)
    {
        string? close = Names.FirstOrDefault(known => known.StartsWith(name, StringComparison.Ordinal))
            ?? Names.FirstOrDefault(known => name.StartsWith(known[..4], StringComparison.Ordinal));
        return close is null ? "" : $" (did you mean {close}?)";
    }
}
