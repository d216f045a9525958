using System.CommandLine;
using System.CommandLine.Parsing;

namespace Chain.Core.Cli.Errors;

/// <summary>The user asked for something that cannot be: what, what was expected, and what to do, in at most three lines.</summary>
internal sealed class UsageException(string code, string what, string? expected = null, string? suggestion = null) : Exception(what)
{
    /// <summary>The exit code of a wrong configuration (<c>EX_CONFIG</c>).</summary>
    public const int ExitCode = 78;

    private const int MaxLine = 400;

    public string Code => code;

    /// <summary>What is wrong with a command line that does not parse.</summary>
    public static UsageException Of(ParseResult parsed)
    {
        string message = parsed.Errors[0].Message;
        Command command = parsed.CommandResult.Command;
        string? wrong = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        string[] known = [.. command.Subcommands.Select(static each => each.Name), .. command.Options.Select(static each => each.Name)];
        string? near = wrong is null ? null : Nearest.To(wrong, known);
        return new UsageException(
            FaultCode.CommandLine,
            wrong is null ? message : $"'{wrong}' is not known to '{PathOf(parsed.CommandResult)}'",
            null,
            near is null ? $"see '{PathOf(parsed.CommandResult)} --help'" : $"did you mean {near}?");
    }

    public void Print(TextWriter errors)
    {
        errors.WriteLine(OneLine($"{code} {Message}"));
        if (expected is not null)
        {
            errors.WriteLine(OneLine($"expected {expected}"));
        }

        if (suggestion is not null)
        {
            errors.WriteLine(OneLine(suggestion));
        }
    }

    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "chain";

    private static string OneLine(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= MaxLine ? line : line[..MaxLine] + "…";
    }
}
