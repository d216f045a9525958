using Chain.Core.Testing;

namespace Chain.Core.Cli.Tests.Shells;

/// <summary>Somebody types in a real shell and presses Tab.</summary>
public sealed class CompletionTests : IDisposable
{
    private const string Prompt = "READY>";

    private readonly string _folder = Directory.CreateTempSubdirectory("chain-core-shells-").FullName;

    /// <summary>A program of the tool's name: completions are the tool's own, and whatever else is run is written down.</summary>
    public CompletionTests()
    {
        string program = Path.Combine(_folder, "chain");
        File.WriteAllText(
            program,
            $"""
            #!/bin/sh
            case "$1" in
              completion | \[suggest*) exec dotnet '{typeof(Cli.Program).Assembly.Location}' "$@" ;;
              *) echo "$*" > '{_folder}/ran' ;;
            esac

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [CommandFact("bash --version", "script --version")]
    public Task Tab_InBash_CompletesVerbsAndValues() =>
        CompletesAsync("bash --norc --noprofile -i", "source <(chain completion bash)\n");

    [CommandFact("zsh --version", "script --version")]
    public Task Tab_InZsh_CompletesVerbsAndValues() =>
        CompletesAsync("zsh -f -i", "autoload -Uz compinit; compinit -u -D; source <(chain completion zsh)\n");

    [CommandFact("fish --version")]
    public async Task Tab_InFish_CompletesVerbs()
    {
        using var fish = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "fish", ["--no-config", "-c", "chain completion fish | source; complete -C 'chain testn'; complete -C 'chain testnet parti'"])
        {
            RedirectStandardOutput = true,
            Environment = { ["PATH"] = WithProgram(), ["HOME"] = _folder },
        })!;

        string said = await fish.StandardOutput.ReadToEndAsync();

        Assert.Equal(["testnet", "partition"], said.TrimEnd().Split('\n'));
    }

    private async Task CompletesAsync(string shell, string load)
    {
        await using var terminal = new TerminalSession($"env PS1='{Prompt}' {shell}", ("PATH", WithProgram()), ("HOME", _folder));
        await terminal.SeesAsync(Prompt);
        await terminal.TypesAsync(load);
        await terminal.SeesAsync(Prompt);

        await terminal.TypesAsync("chain testn\tparti\t0,1 2,3\n");
        await terminal.SeesAsync(Prompt);
        string first = File.ReadAllText(Path.Combine(_folder, "ran"));
        await terminal.TypesAsync("chain keys new vali\t\n");
        await terminal.SeesAsync(Prompt);
        await terminal.TypesAsync("exit\n");
        await terminal.EndsAsync();

        Assert.Equal("testnet partition 0,1 2,3\n", first);
        Assert.Equal("keys new validator\n", File.ReadAllText(Path.Combine(_folder, "ran")));
    }

    private string WithProgram() => $"{_folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
}
