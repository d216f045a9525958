using System.CommandLine;
using Chain.Core.Cli.Errors;
using Chain.Core.Cli.Lab;

namespace Chain.Core.Cli;

/// <summary>The tool <c>chain</c>. Each verb is a folder and gives one command.</summary>
internal static class Program
{
    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>Runs a command line.</summary>
    /// <returns>0 for success, 1 for a result that is not as wanted, 78 for a wrong command line or file.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Builds, runs and measures blockchains made with Chain.Core.");
        root.Subcommands.Add(LabVerb.Create(output));
        ParseResult parsed = root.Parse(args);
        var invocation = new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false };
        try
        {
            if (parsed.Errors.Count > 0)
            {
                throw UsageException.Of(parsed);
            }

            return parsed.Invoke(invocation);
        }
        catch (UsageException wrong)
        {
            wrong.Print(errors);
            return UsageException.ExitCode;
        }
        catch (OperationCanceledException)
        {
            errors.WriteLine("stopped");
            return 130;
        }
    }
}
