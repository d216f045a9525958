using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Chain.Core.App.Explain;
using Chain.Core.Testing;

namespace Chain.Core.App.Tests.Explain;

/// <summary>Every code that anything prints is explained, and in one place.</summary>
public sealed partial class ExplainTests
{
    [Fact]
    public void CodeBook_EveryCodeOfTheSource_IsExplained()
    {
        string[] used =
        [
            .. Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
                .Where(static path => !path.Contains("templates", StringComparison.Ordinal))
                .SelectMany(static path => Code().Matches(File.ReadAllText(path)).Select(static match => match.Value))
                .Distinct(),
        ];

        Assert.Contains("CC4107", used);
        Assert.Contains("CC2002", used);
        Assert.Equal(CodeBook.All.Keys.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
        Assert.All(CodeBook.All.Values, static entry => Assert.True(entry.Title.Length > 5 && entry.Text.Length > 15, entry.Code));
    }

    [Fact]
    public async Task Explain_KnownCode_SaysWhatToDo()
    {
        ToolResult result = await RunAsync("explain", "cc2009");

        Assert.Equal(0, result.Exit);
        Assert.StartsWith("CC2009 ", result.Output, StringComparison.Ordinal);
        Assert.Contains("--passphrase-file", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_UnknownCode_NamesTheNearest() =>
        (await RunAsync("explain", "CC2029")).IsMistake("CC2015", "did you mean CC20");

    [Fact]
    public async Task Explain_WithJson_GivesOneValueALine()
    {
        ToolResult result = await RunAsync("explain", "--json");

        Assert.Equal(CodeBook.All.Count, result.Output.TrimEnd().Split('\n').Select(static line => (string)JsonNode.Parse(line)!["code"]!).Distinct().Count());
    }

    private static async Task<ToolResult> RunAsync(params string[] arguments)
    {
        using var program = new Program();
        return await program.RunAsync(arguments);
    }

    [GeneratedRegex("CC[0-9]{4}")]
    private static partial Regex Code();
}
