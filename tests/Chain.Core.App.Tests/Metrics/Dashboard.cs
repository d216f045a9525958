using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Chain.Core.Testing;

namespace Chain.Core.App.Tests;

/// <summary>The dashboard of the documentation asks for nothing that a node does not serve.</summary>
internal static partial class Dashboard
{
    public static IReadOnlyList<string> Metrics { get; } =
    [
        .. JsonNode.Parse(File.ReadAllText(Repository.PathOf("docs", "operations", "grafana-dashboard.json")))!["panels"]!.AsArray()
            .SelectMany(static panel => panel!["targets"]!.AsArray())
            .SelectMany(static target => Name().Matches((string)target!["expr"]!).Select(static match => match.Value))
            .Distinct(),
    ];

    public static void IsServedBy(string scrape)
    {
        HashSet<string> served = [.. scrape.Split('\n').Where(static line => line.Length > 0 && line[0] != '#').Select(static line => line.Split('{', ' ')[0])];
        Assert.True(Metrics.Count >= 12, "The dashboard shows too little to be of use.");
        Assert.DoesNotContain(Metrics, name => !served.Contains(name));
    }

    [GeneratedRegex("(chain|dotnet)_[a-z_]+")]
    private static partial Regex Name();
}
