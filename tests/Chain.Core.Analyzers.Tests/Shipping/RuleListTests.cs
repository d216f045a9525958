using System.Text.RegularExpressions;
using Chain.Core.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Chain.Core.Analyzers.Tests.Shipping;

/// <summary>What each rule promises, and where it is written down.</summary>
public sealed partial class RuleListTests
{
    public static TheoryData<string> Ids => new(StateTransitionRules.All.Select(rule => rule.Id));

    [Fact]
    public void ReleaseFiles_OfAnalyzers_ListEveryRuleOnceAsItIs()
    {
        string listed = Checkout.Read("src", "Chain.Core.Analyzers", "AnalyzerReleases.Shipped.md")
            + Checkout.Read("src", "Chain.Core.Analyzers", "AnalyzerReleases.Unshipped.md");

        Assert.Equal(
            StateTransitionRules.All.Select(rule => $"{rule.Id} | {rule.Direct.Category} | {rule.Direct.DefaultSeverity} | {rule.Direct.Title}"),
            Row().Matches(listed).Select(match => match.Value));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Page_OfARule_HasItsTitleAndWhatToDo(string id)
    {
        DiagnosticDescriptor rule = StateTransitionRules.All.Single(each => each.Id == id).Direct;

        string page = Checkout.Read("docs", "analyzers", $"{id}.md");

        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains($"Severity: {rule.DefaultSeverity.ToString().ToLowerInvariant()}", page, StringComparison.Ordinal);
        Assert.Contains("## Instead\n", page, StringComparison.Ordinal);
        Assert.Contains($"]({id}.md)", Checkout.Read("docs", "analyzers", "README.md"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Descriptors_OfARule_DifferOnlyInWhenTheyAreReported(string id)
    {
        Rule rule = StateTransitionRules.All.Single(each => each.Id == id);

        Assert.Equal(rule.Direct.Title, rule.Reached.Title);
        Assert.Equal(rule.Direct.DefaultSeverity, rule.Reached.DefaultSeverity);
        Assert.Empty(rule.Direct.CustomTags);
        Assert.Equal([WellKnownDiagnosticTags.CompilationEnd], rule.Reached.CustomTags);
    }

    [Theory]
    [InlineData("https://example.org/chain", "https://example.org/chain/blob/main/docs/analyzers/CC1001.md")]
    [InlineData("https://example.org/chain/", "https://example.org/chain/blob/main/docs/analyzers/CC1001.md")]
    [InlineData("file:///somewhere", null)]
    [InlineData(null, null)]
    public void HelpPage_OfARule_IsOnTheWebOrNowhere(string? repository, string? page) =>
        Assert.Equal(page, HelpPages.UriOf(repository, "CC1001"));

    [GeneratedRegex(@"^CC\d{4} \|.*$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
