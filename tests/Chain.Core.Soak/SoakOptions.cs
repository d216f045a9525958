using System.Globalization;

namespace Chain.Core.Soak;

/// <summary>What the command line asks for.</summary>
internal sealed record SoakOptions
{
    public const string Usage =
        "soak processes|inprocess|namespaces [--nodes N] [--duration 60m] [--seed S] [--rate TX_PER_SECOND] [--miners N] [--data DIR]";

    public required SoakKind Kind { get; init; }

    /// <summary>12 processes, 50 nodes in one or 7 namespaces by default.</summary>
    public required int Nodes { get; init; }

    /// <summary>How many nodes make blocks: all processes, and 8 nodes in one process by default.</summary>
    public required int Miners { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(60);

    public ulong Seed { get; init; } = 1;

    /// <summary>Payments a second.</summary>
    public int Rate { get; init; } = 40;

    /// <summary>How long nodes may take to agree after a disturbance.</summary>
    public TimeSpan AgreementTime => TimeSpan.FromSeconds(Kind == SoakKind.Namespaces ? 30 : 120);

    /// <summary>Namespaces are for proof of stake: their partitions are what it may not be safe under.</summary>
    public string Consensus => Kind == SoakKind.Namespaces ? "pos" : "pow";

    public string Data { get; init; } = Path.Combine(Environment.CurrentDirectory, "soak-data");

    public static bool TryParse(string[] args, out SoakOptions options, out string problem)
    {
        bool isKind = Enum.TryParse(args.FirstOrDefault(), ignoreCase: true, out SoakKind kind);
        int nodes = kind switch { SoakKind.Processes => 12, SoakKind.Namespaces => 7, _ => 50 };
        options = new SoakOptions { Kind = kind, Nodes = nodes, Miners = kind == SoakKind.InProcess ? 8 : nodes };
        problem = isKind ? "" : "say processes, inprocess or namespaces first";
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
                int unit = value.EndsWith('m') ? 60 : value.EndsWith('s') ? 1 : 0;
                bool isTime = int.TryParse(value.TrimEnd('m', 's'), NumberStyles.None, CultureInfo.InvariantCulture, out int count);
                changed = this with { Duration = TimeSpan.FromSeconds((double)count * unit) };
                return isTime && count > 0 && unit > 0;
            default:
                return false;
        }
    }
}
