using Chain.Core.App;

namespace Chain.Core.Soak.Quiet;

/// <summary>
/// The process of one node: the tool's own verb <c>run</c>, which tells its figures when a line comes on standard input, and
/// stops when that ends.
/// </summary>
internal static class QuietNode
{
    /// <summary>What begins the command line of such a process; the folder of the node and the options of <c>run</c> follow.</summary>
    public const string Switch = "--quiet-node";

    /// <summary>An option of the process itself: it leaks on purpose.</summary>
    public const string LeakSwitch = "--leak";

    public static async Task<int> RunAsync(string home, string[] options)
    {
        using var stop = new CancellationTokenSource();
        using PlantedLeak? leak = options.Contains(LeakSwitch) ? new PlantedLeak() : null;
        var asking = new Thread(() => Answer(home, stop)) { IsBackground = true };
        asking.Start();
        string[] words = ["run", "--json", "--home", home, .. options.Where(static option => option != LeakSwitch)];
        return await new ChainApp("chain").RunAsync(words, TerminalOf(home), stop.Token);
    }

    /// <summary>The surroundings of a node: no variable and no folder of the user's has a part in it.</summary>
    public static Terminal TerminalOf(string home) => new() { Output = Console.Out, Errors = Console.Error, UserFolder = home };

    private static void Answer(string home, CancellationTokenSource stop)
    {
        while (Console.In.ReadLine() is not null)
        {
            Console.Out.WriteLine(NodeFigures.Measure(home).ToLine());
        }

        stop.Cancel();
    }
}
