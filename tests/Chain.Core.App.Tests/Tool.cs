using System.Globalization;

namespace Chain.Core.App.Tests;

/// <summary>Runs command lines of a program within this process.</summary>
internal static class Tool
{
    public static Task<ToolResult> RunAsync(params string[] arguments) => RunAsync(new ChainApp("chain"), arguments);

    public static async Task<ToolResult> RunAsync(ChainApp app, params string[] arguments)
    {
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        await using var errors = new StringWriter(CultureInfo.InvariantCulture);
        int exit = await app.RunAsync(arguments, new Terminal { Output = output, Errors = errors });
        return new ToolResult(exit, output.ToString(), errors.ToString());
    }
}
