using System.Globalization;

namespace Chain.Core.Soak;

/// <summary>What the command line asks for.</summary>
internal sealed record SoakOptions
{
    public const string Usage =
        "soak processes|inprocess|namespaces|quiet [--nodes N] [--duration 60m] [--seed S] [--rate TX_PER_SECOND] [--miners N] [--data DIR] [--pause 5s] [--fill N] [--leak yes]";

    public required SoakKind Kind { get; init; }

    /// <summary>12 processes, 50 nodes in one, 7 namespaces or 3 quiet ones by default.</summary>
    public required int Nodes { get; init; }

    /// <summary>How many nodes make blocks: all processes, and 8 nodes in one process by default.</summary>
    public required int Miners { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(60);

    public ulong Seed { get; init; } = 1;

    /// <summary>Payments a second.</summary>
    public int Rate { get; init; } = 40;

    /// <summary>How long a quiet fleet rests between blocks.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Payments before a quiet fleet is watched, as fast as it takes them: what nodes remember of transactions is bounded, and grows
    /// until the bound is reached.
    /// </summary>
    public int Fill { get; init; }

    /// <summary>Whether the first node of a quiet fleet leaks on purpose, which must be found.</summary>
    public bool Leaks { get; init; }

    /// <summary>How long nodes may take to agree after a disturbance.</summary>
    public TimeSpan AgreementTime => TimeSpan.FromSeconds(Kind == SoakKind.Namespaces ? 30 : 120);

    /// <summary>Namespaces are for proof of stake: their partitions are what it may not be safe under.</summary>
    public string Consensus => Kind == SoakKind.Namespaces ? "pos" : "pow";

    public string Data { get; init; } = Path.Combine(Environment.CurrentDirectory, "soak-data");

    public static bool TryParse(string[] args, out SoakOptions options, out string problem)
    {
        bool isKind = Enum.TryParse(args.FirstOrDefault(), ignoreCase: true, out SoakKind kind);
        int nodes = kind switch { SoakKind.Processes => 12, SoakKind.Namespaces => 7, SoakKind.Quiet => 3, _ => 50 };
        options = new SoakOptions { Kind = kind, Nodes = nodes, Miners = kind == SoakKind.InProcess ? 8 : nodes };
        options = kind == SoakKind.Quiet ? options with { Rate = 2 } : options;
        problem = isKind ? "" : "say processes, inprocess, namespaces or quiet first";
        for (int i = 1; i < args.Length && problem.Length == 0; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            if (!options.TryApply(args[i], value, out options))
            {
                problem = $"{args[i]} {value} is not understood";
            }
        }

        return problem.Length == 0;
    }

    private bool TryApply(string name, string value, out SoakOptions changed)
    {
        bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        changed = this;
        switch (name)
        {
            case "--nodes":
                changed = this with { Nodes = number, Miners = Kind == SoakKind.InProcess ? Math.Min(Miners, number) : number };
                return isNumber && number >= 2;
            case "--miners":
                changed = this with { Miners = number };
                return isNumber && number >= 1;
            case "--rate":
                changed = this with { Rate = number };
                return isNumber && number >= 1;
            case "--seed":
                bool isSeed = ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed);
                changed = this with { Seed = seed };
                return isSeed;
            case "--data":
                changed = this with { Data = Path.GetFullPath(value) };
                return value.Length > 0;
            case "--duration":
                bool isDuration = TryParseTime(value, out TimeSpan duration);
                changed = this with { Duration = duration };
                return isDuration;
            case "--pause":
                bool isPause = TryParseTime(value, out TimeSpan pause);
                changed = this with { Pause = pause };
                return isPause;
            case "--fill":
                changed = this with { Fill = number };
                return isNumber;
            case "--leak":
                changed = this with { Leaks = value == "yes" };
                return value is "yes" or "no";
            default:
                return false;
        }
    }

    private static bool TryParseTime(string value, out TimeSpan time)
    {
        int unit = value.LastOrDefault() switch { 'h' => 3600, 'm' => 60, 's' => 1, _ => 0 };
        bool isCount = int.TryParse(value.TrimEnd('h', 'm', 's'), NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        time = TimeSpan.FromSeconds((double)count * unit);
        return isCount && count > 0 && unit > 0;
    }
}
