using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Chain.Core.Fuzz;

/// <summary>What the command line says.</summary>
internal sealed record FuzzOptions
{
    public const string Usage =
        """
        usage: [--minutes N] [--seed S] [--output FOLDER] [target…]    all targets side by side; a name ending in * is a prefix
               --list                                                  names the targets
               --replay TARGET FILE                                    runs one input again
        """;

    /// <summary>How long each target runs, by the clock.</summary>
    /// <value>One minute by default.</value>
    public double Minutes { get; init; } = 1;

    /// <summary>The seed of every target's random choices; how far a run gets also depends on the machine's speed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Where findings and results are written.</summary>
    public string Output { get; init; } = Path.Combine(Path.GetTempPath(), "chain-core-fuzz");

    /// <summary>Names or prefixes of targets; all of them where empty.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    public bool IsList { get; init; }

    /// <summary>Whether this process fuzzes the one target instead of starting processes.</summary>
    public bool IsWorker { get; init; }

    /// <summary>The file whose input is to run again.</summary>
    public string? Replayed { get; init; }

    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out FuzzOptions? options)
    {
        options = new FuzzOptions();
        for (int i = 0; i < arguments.Length && options is not null; i++)
        {
            string? next = i + 1 < arguments.Length ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--minutes" when double.TryParse(next, CultureInfo.InvariantCulture, out double minutes) && minutes > 0:
                    options = options with { Minutes = minutes };
                    i++;
                    break;
                case "--seed" when ulong.TryParse(next, CultureInfo.InvariantCulture, out ulong seed):
                    options = options with { Seed = seed };
                    i++;
                    break;
                case "--output" when next is not null:
                    options = options with { Output = Path.GetFullPath(next) };
                    i++;
                    break;
                case "--replay" when i + 2 < arguments.Length:
                    options = options with { Targets = [next!], Replayed = arguments[i + 2] };
                    i += 2;
                    break;
                case "--list":
                    options = options with { IsList = true };
                    break;
                case "--worker":
                    options = options with { IsWorker = true };
                    break;
                case var name when !name.StartsWith('-'):
                    options = options with { Targets = [.. options.Targets, name] };
                    break;
                default:
                    options = null;
                    break;
            }
        }

        return options is not null;
    }
}
