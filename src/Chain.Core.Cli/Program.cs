using Chain.Core.App;
using Chain.Core.Cli.Lab;

namespace Chain.Core.Cli;

/// <summary>The tool <c>chain</c>: the operator's verbs for chains of a genesis file, and the laboratory.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => App().RunAsync(args);

    /// <summary>Runs a command line.</summary>
    /// <returns>0 for success, 1 for a result that is not as wanted, 78 for a wrong command line or file.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter errors) =>
        App().RunAsync(args, Terminal.Of(output, errors)).GetAwaiter().GetResult();

    /// <summary>The tool with all its verbs.</summary>
    internal static ChainApp App() => new ChainApp("chain") { Description = "Builds, runs and measures blockchains made with Chain.Core." }
        .Add(LabVerb.Create);
}
