using System.CommandLine;
using System.Text.Json.Nodes;

namespace Chain.Core.App;

/// <summary>What a verb is given: the program's chain and its surroundings.</summary>
public sealed class VerbScope
{
    internal VerbScope(ChainApp app, Terminal terminal)
    {
        App = app;
        Terminal = terminal;
    }

    /// <summary>The program and its chain.</summary>
    public ChainApp App { get; }

    /// <summary>The streams and the environment.</summary>
    public Terminal Terminal { get; }

    /// <summary>How the program is called in hints: a chain's own program from the folder of its project.</summary>
    internal string Invocation => App.Define is null ? App.Name : "dotnet run --";

    internal Option<bool> Json { get; } = new("--json") { Description = "answer in JSON, one value a line", Recursive = true };

    internal Option<string?> Home { get; } = new("--home") { Description = "the folder of the node", Recursive = true };

    /// <summary>Writes an answer for people, or with <c>--json</c> one line for programs.</summary>
    public void Answer(ParseResult parsed, JsonNode json, Action<TextWriter> people)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(people);
        if (IsJson(parsed))
        {
            Terminal.Output.WriteLine(json.ToJsonString());
        }
        else
        {
            people(Terminal.Output);
        }
    }

    /// <summary>Where people read what is not the answer, such as progress: with <c>--json</c> standard error.</summary>
    public TextWriter NotesOf(ParseResult parsed) => IsJson(parsed) ? Terminal.Errors : Terminal.Output;

    /// <summary>Whether answers are wanted in JSON.</summary>
    public bool IsJson(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return parsed.GetValue(Json);
    }
}
