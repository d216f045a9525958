using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace Chain.Core.App.Errors;

/// <summary>A word of the command line that its option or argument does not take.</summary>
/// <param name="What">The option or argument, and the word.</param>
/// <param name="Expected">What it takes; null where that cannot be said in a line.</param>
/// <param name="Near">The word that was meant; null where none is near.</param>
internal sealed record WrongValue(string What, string? Expected, string? Near)
{
    /// <summary>What an error of the parser is about; null where it is about something else than a value.</summary>
    public static WrongValue? Of(ParseError error)
    {
        (string? name, Type? type, string[] words) = error.SymbolResult switch
        {
            ArgumentResult { Parent: OptionResult parent } => Describe(parent.Option),
            OptionResult option => Describe(option.Option),
            ArgumentResult argument => (argument.Argument.Name, argument.Argument.ValueType, WordsOf(argument.Argument)),
            _ => (null, null, []),
        };
        if (name is null || error.SymbolResult!.Tokens is not [.., { Value: var value }])
        {
            return null;
        }

        string what = $"{name}: '{value}' is not a value that it takes";
        return words.Length > 0 && !words.Contains(value) ? new WrongValue(what, string.Join(", ", words), Nearest.To(value, words))
            : type is not null && IsNumber(type) && !value.All(char.IsAsciiDigit) ? new WrongValue(what, "a whole number", null)
            : null;
    }

    private static (string? Name, Type? Type, string[] Words) Describe(Option option) => (option.Name, option.ValueType, WordsOf(option));

    private static string[] WordsOf(Symbol symbol) => [.. symbol.GetCompletions(CompletionContext.Empty).Select(static completion => completion.Label)];

    private static bool IsNumber(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) is >= TypeCode.SByte and <= TypeCode.UInt64;
}
