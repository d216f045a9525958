using System.CommandLine;
using System.Text.Json.Nodes;

namespace Chain.Core.App.Completion;

/// <summary><c>completion bash|zsh|fish|pwsh</c>: the script that has a shell complete the program's command lines.</summary>
internal static class CompletionVerb
{
    private const string NameInScripts = "PROGRAM";

    public static Command Create(VerbScope scope)
    {
        var command = new Command("completion", "Prints a script that completes command lines, for a file that the shell reads at its start.");
        Argument<string> shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh" }.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        command.Arguments.Add(shell);
        command.SetAction(parsed =>
        {
            string script = ScriptOf(parsed.GetValue(shell)!, scope.App.Name);
            scope.Answer(parsed, new JsonObject { ["script"] = script }, output => output.Write(script));
            return 0;
        });
        return command;
    }

    private static string ScriptOf(string shell, string program)
    {
        using Stream stream = typeof(CompletionVerb).Assembly.GetManifestResourceStream($"completion/{shell}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace(NameInScripts, program, StringComparison.Ordinal);
    }
}
