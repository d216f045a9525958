using System.Globalization;

namespace Chain.Core.Cli.Tests;

/// <summary>Runs command lines of the tool within this process.</summary>
internal static class Tool
{
    public static (int Exit, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        int exit = Program.Run(arguments, output, errors);
        return (exit, output.ToString(), errors.ToString());
    }
}
