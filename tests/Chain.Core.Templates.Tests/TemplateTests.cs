using System.Text.Json;
using System.Xml.Linq;

namespace Chain.Core.Templates.Tests;

/// <summary>What can be said of templates without using them; eng/check-templates.sh uses them.</summary>
public sealed class TemplateTests
{
    public static TheoryData<string> ShortNames => new(TemplateFolder.All.Select(template => template.ShortName));

    [Fact]
    public void Templates_OfThePackage_AreThoseThatItsReadmeNames()
    {
        string readme = TemplateFolder.ReadRepository("src", "Chain.Core.Templates", "README.md");

        Assert.Equal(["chain", "chain-engine", "chain-module"], TemplateFolder.All.Select(template => template.ShortName));
        Assert.All(TemplateFolder.All, template => Assert.Contains($"| `{template.ShortName}` |", readme, StringComparison.Ordinal));
        Assert.Distinct(TemplateFolder.All.Select(template => template.Text("identity")));
    }

    [Theory, MemberData(nameof(ShortNames))]
    public void Check_OfPackages_UsesTemplate(string shortName) => Assert.Contains(
        $"\n  new {shortName} -n ", TemplateFolder.ReadRepository("eng", "check-templates.sh"), StringComparison.Ordinal);

    [Theory, MemberData(nameof(ShortNames))]
    public void Name_OfTheExample_IsReplacedInFilesAndText(string shortName)
    {
        TemplateFolder template = Find(shortName);
        string name = template.Text("sourceName");

        Assert.NotEqual(name, name.Replace('-', '_')); // else file names and identifiers could not differ
        Assert.Contains(template.Files, path => Path.GetFileName(path) == $"{name}.csproj");
        Assert.Contains(template.Files, path => File.ReadAllText(path).Contains($"namespace {name.Replace('-', '_')};", StringComparison.Ordinal));
        foreach (JsonElement output in template.Settings.GetProperty("primaryOutputs").EnumerateArray())
        {
            Assert.True(File.Exists(Path.Combine(template.Path, output.GetProperty("path").GetString()!)));
        }
    }

    [Theory, MemberData(nameof(ShortNames))]
    public void Packages_OfTheProjects_AreOursAndThoseThatWeTestWith(string shortName)
    {
        Dictionary<string, string> pinned = XDocument.Parse(TemplateFolder.ReadRepository("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .ToDictionary(static each => (string)each.Attribute("Include")!, static each => (string)each.Attribute("Version")!);

        foreach (XElement reference in Find(shortName).Projects.SelectMany(static path => XDocument.Load(path).Descendants("PackageReference")))
        {
            string package = (string)reference.Attribute("Include")!;
            string expected = package.StartsWith("Chain.Core", StringComparison.Ordinal) ? "CHAIN_CORE_VERSION" : pinned[package];
            Assert.Equal(expected, (string?)reference.Attribute("Version"));
        }
    }

    [Theory, MemberData(nameof(ShortNames))]
    public void Files_OfATemplate_AreShortAndSayWhatTheyDo(string shortName)
    {
        TemplateFolder template = Find(shortName);

        Assert.Contains(template.Files, static path => Path.GetFileName(path) == "README.md");
        Assert.All(template.Files, static path => Assert.InRange(File.ReadLines(path).Count(), 1, 150));
    }

    private static TemplateFolder Find(string shortName) => TemplateFolder.All.Single(template => template.ShortName == shortName);
}
