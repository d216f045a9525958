namespace Chain.Core.App.Tests.Completion;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("bash", "complete -o default -F _chain_complete chain")]
    [InlineData("zsh", "compdef _chain_complete chain")]
    [InlineData("fish", "complete -c chain -a '(__chain_complete)'")]
    [InlineData("pwsh", "-CommandName chain")]
    public async Task Completion_OfShell_IsAScriptForTheProgram(string shell, string line) =>
        Assert.Contains(line, (await RunAsync("completion", shell)).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Suggest_BeginOfAVerb_IsCompleted() =>
        Assert.Equal("completion", (await RunAsync("[suggest:4]", "comp")).Output.Trim());

    [Fact]
    public async Task Suggest_AfterAVerb_GivesItsValues() =>
        Assert.Contains("CC2002", (await RunAsync("[suggest:14]", "explain CC2002")).Output, StringComparison.Ordinal);

    private static async Task<ToolResult> RunAsync(params string[] arguments)
    {
        using var program = new Program();
        return await program.RunAsync(arguments);
    }
}
