using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;

namespace Chain.Core.App.Errors;

/// <summary>What was asked for cannot be: what, what was expected, and what to do, in at most three lines without a stack trace.</summary>
/// <param name="code">A stable code such as <c>CC2003</c>.</param>
/// <param name="what">What is wrong, with the offending option, key or file.</param>
/// <param name="expected">What would have been right; no line where null.</param>
/// <param name="suggestion">What to do; no line where null.</param>
public sealed class UsageException(string code, string what, string? expected = null, string? suggestion = null) : Exception(what)
{
    /// <summary>The exit code of a wrong command line, configuration or file (<c>EX_CONFIG</c>).</summary>
    public const int ConfigurationExitCode = 78;

    /// <summary>A mistake without a code of its own.</summary>
    public UsageException()
        : this("")
    {
    }

    /// <summary>A mistake on the command line.</summary>
    public UsageException(string message)
        : this(FaultCode.CommandLine, message)
    {
    }

    /// <summary>A mistake on the command line with a cause, which is not printed.</summary>
    public UsageException(string message, Exception innerException)
        : this(FaultCode.CommandLine, message) => ArgumentNullException.ThrowIfNull(innerException);

    /// <summary>The stable code.</summary>
    public string Code => code;

    /// <summary>What the process ends with.</summary>
    /// <value>78 by default; 1 where nothing is configured wrongly but it did not work.</value>
    public int ExitCode { get; init; } = ConfigurationExitCode;

    /// <summary>Writes at most three lines.</summary>
    public void Print(TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        errors.WriteLine(OneLine.Of($"{code} {Message}"));
        if (expected is not null)
        {
            errors.WriteLine(OneLine.Of($"expected {expected}"));
        }

        if (suggestion is not null)
        {
            errors.WriteLine(OneLine.Of(suggestion));
        }
    }

    /// <summary>What is wrong with a command line that does not parse.</summary>
    internal static UsageException Of(ParseResult parsed, string program)
    {
        string message = parsed.Errors[0].Message;
        Command command = parsed.CommandResult.Command;
        string path = PathOf(parsed.CommandResult, program);

        // An unknown option may have been taken for an argument, and then its value is what does not match.
        string? wrong = parsed.Tokens.FirstOrDefault(static token => token is { Type: TokenType.Argument } && token.Value.StartsWith("--", StringComparison.Ordinal))?.Value
            ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null);
        string[] known =
        [
            .. command.Subcommands.Select(static each => each.Name),
            .. command.Options.Concat(parsed.RootCommandResult.Command.Options).Select(static each => each.Name),
        ];
        string? near = wrong is null ? null : Nearest.To(wrong, known);
        if (wrong is null && WrongValue.Of(parsed.Errors[0]) is { } value)
        {
            return new UsageException(FaultCode.CommandLine, value.What, value.Expected, value.Near is null ? $"see '{path} --help'" : $"did you mean {value.Near}?");
        }

        return new UsageException(
            FaultCode.CommandLine,
            wrong is null ? message : $"'{wrong}' is not known to '{path}'",
            null,
            near is null ? $"see '{path} --help'" : $"did you mean {near}?");
    }

    /// <summary>Writes one line of JSON.</summary>
    internal void PrintJson(TextWriter errors) =>
        errors.WriteLine(new JsonObject { ["code"] = code, ["error"] = Message, ["expected"] = expected, ["hint"] = suggestion }.ToJsonString());

    private static string PathOf(CommandResult command, string program) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent, program)} {command.Command.Name}" : program;
}
