using System.Text.RegularExpressions;

namespace Chain.Core.Architecture.Tests.Packages;

/// <summary>The front page promises only what the build proves.</summary>
public sealed partial class ReadmeTests
{
    private const int MostLines = 250;

    private static string Readme => File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void CSharpBlock_IsThatOfTheMetapackage_WhichThePackageCheckRuns()
    {
        string ofPackage = File.ReadAllText(Path.Combine(Repository.Root, "src", "Chain.Core", "README.md"));

        Assert.Equal(Assert.Single(Blocks(ofPackage)), Assert.Single(Blocks(Readme)));
    }

    [Fact]
    public void TestCommand_IsTheOneThatContinuousIntegrationRuns()
    {
        const string Command = "dotnet test Chain.Core.sln -c Release";

        Assert.Contains(Command, Readme, StringComparison.Ordinal);
        Assert.Contains(Command, File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run")), StringComparison.Ordinal);
    }

    [Fact]
    public void Length_StaysWithinWhatSomebodyReads() => Assert.True(Readme.Split('\n').Length <= MostLines);

    [Theory, MemberData(nameof(PackageRuleTests.PackageNames), MemberType = typeof(PackageRuleTests))]
    public void Table_NamesPackage(string name) => Assert.Contains($"`{name}`", Readme, StringComparison.Ordinal);

    private static IEnumerable<string> Blocks(string markdown) =>
        CSharp().Matches(markdown).Select(match => match.Groups[1].Value);

    [GeneratedRegex("```csharp[^\n]*\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
