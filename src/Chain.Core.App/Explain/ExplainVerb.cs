using System.CommandLine;
using System.Text.Json.Nodes;
using Chain.Core.App.Errors;

namespace Chain.Core.App.Explain;

/// <summary><c>explain CCxxxx</c>: what a code means and what to do.</summary>
internal static class ExplainVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("explain", "Says what a code means and what to do; without a code, lists all.");
        var code = new Argument<string?>("code") { Description = "such as CC2002", DefaultValueFactory = static _ => null };
        code.CompletionSources.Add(static _ => CodeBook.All.Keys.Order(StringComparer.Ordinal).Select(static each => new System.CommandLine.Completions.CompletionItem(each)));
        command.Arguments.Add(code);
        command.SetAction(parsed =>
        {
            foreach (CodeEntry entry in Find(parsed.GetValue(code)))
            {
                bool isOne = parsed.GetValue(code) is not null;
                scope.Answer(
                    parsed,
                    new JsonObject { ["code"] = entry.Code, ["title"] = entry.Title, ["text"] = entry.Text },
                    output => output.WriteLine(isOne ? $"{entry.Code} {entry.Title}\n\n{entry.Text}" : $"{entry.Code}  {entry.Title}"));
            }

            return 0;
        });
        return command;
    }

    private static IEnumerable<CodeEntry> Find(string? code)
    {
        if (code is null)
        {
            return CodeBook.All.Values.OrderBy(static entry => entry.Code, StringComparer.Ordinal);
        }

        return CodeBook.All.TryGetValue(code, out CodeEntry? entry)
            ? [entry]
            : throw new UsageException(
                FaultCode.UnknownCode,
                $"there is no code '{code}'",
                null,
                Nearest.To(code.ToUpperInvariant(), CodeBook.All.Keys.Order(StringComparer.Ordinal)) is { } near ? $"did you mean {near}?" : "'explain' alone lists all");
    }
}
