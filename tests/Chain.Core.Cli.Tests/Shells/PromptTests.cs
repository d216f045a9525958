using Chain.Core.Testing;

namespace Chain.Core.Cli.Tests.Shells;

/// <summary>Passphrases, typed on a real terminal.</summary>
public sealed class PromptTests : IDisposable
{
    private const string Secret = "correct horse";

    private readonly string _home = Directory.CreateTempSubdirectory("chain-core-prompts-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [CommandFact("script --version")]
    public async Task NewKey_PassphraseTypedTwice_IsMadeAndNothingOfItIsShown()
    {
        await using TerminalSession terminal = NewKey();
        await terminal.SeesAsync("passphrase of the new key: ");
        await terminal.TypesAsync("correct horsx\u007fe\r");
        await terminal.SeesAsync("the same again: ");
        await terminal.TypesAsync($"{Secret}\r");

        Assert.Equal(0, await terminal.EndsAsync());

        Assert.Contains("account account in", terminal.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("correct", terminal.Shown, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_home, "keys", "account.json")));
    }

    [CommandFact("script --version")]
    public async Task NewKey_TypedDifferently_IsRefused()
    {
        await using TerminalSession terminal = NewKey();
        await terminal.SeesAsync("passphrase of the new key: ");
        await terminal.TypesAsync($"{Secret}\r");
        await terminal.SeesAsync("the same again: ");
        await terminal.TypesAsync("correct house\r");

        Assert.Equal(78, await terminal.EndsAsync());

        Assert.Contains("CC2009 the two passphrases are not the same", terminal.Shown, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_home, "keys", "account.json")));
    }

    [CommandFact("script --version")]
    public async Task NewKey_CtrlCAtThePrompt_EndsAtOnce()
    {
        await using TerminalSession terminal = NewKey();
        await terminal.SeesAsync("passphrase of the new key: ");
        await terminal.TypesAsync("corr\u0003");

        Assert.Equal(130, await terminal.EndsAsync());

        Assert.Contains("stopped", terminal.Shown, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_home, "keys")));
    }

    private TerminalSession NewKey() => new($"dotnet '{typeof(Cli.Program).Assembly.Location}' keys new account --home '{_home}'");
}
