using System.Globalization;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>For what chain an engine is asked.</summary>
public sealed class EngineRequest
{
    private readonly IReadOnlyDictionary<string, string> _options;

    /// <summary>A request.</summary>
    /// <param name="nodes">How many nodes there are.</param>
    /// <param name="power">The shares of the nodes that make blocks, which are the first ones.</param>
    /// <param name="options">What the scenario says for this engine.</param>
    /// <param name="load">The load of the scenario, where an engine fits itself to it.</param>
    public EngineRequest(int nodes, IReadOnlyList<ulong> power, IReadOnlyDictionary<string, string> options, LoadPlan? load = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Nodes = nodes;
        Power = power;
        Load = load ?? new LoadPlan();
        _options = options;
    }

    /// <summary>How many nodes there are.</summary>
    public int Nodes { get; }

    /// <summary>The shares of the nodes that make blocks, which are the first ones.</summary>
    public IReadOnlyList<ulong> Power { get; }

    /// <summary>Whether every node is connected to every other.</summary>
    /// <value>False by default.</value>
    public bool IsMesh { get; init; }

    /// <summary>The load of the scenario.</summary>
    public LoadPlan Load { get; }

    /// <summary>A duration among the options, such as <c>10s</c> or <c>250ms</c>.</summary>
    /// <exception cref="FormatException">It does not read.</exception>
    public TimeSpan Duration(string name, TimeSpan otherwise) =>
        !_options.TryGetValue(name, out string? text) ? otherwise
        : Durations.TryParse(text, out TimeSpan value) ? value
        : throw Unreadable(name, text, "a duration such as 10s or 250ms");

    /// <summary>A whole number among the options.</summary>
    /// <exception cref="FormatException">It does not read.</exception>
    public int Number(string name, int otherwise) =>
        !_options.TryGetValue(name, out string? text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value
        : throw Unreadable(name, text, "a whole number");

    /// <summary>A text among the options.</summary>
    public string Text(string name, string otherwise) => _options.GetValueOrDefault(name, otherwise);

    private static FormatException Unreadable(string name, string text, string expected) => new($"option {name}: expected {expected}, found '{text}'");
}
