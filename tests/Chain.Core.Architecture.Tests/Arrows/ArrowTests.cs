using Chain.Core.Architecture.Tests.Purity;

namespace Chain.Core.Architecture.Tests.Arrows;

/// <summary>The arrows of ARCHITECTURE.md, in project files and in compiled assemblies.</summary>
public sealed class ArrowTests
{
    public static TheoryData<string> ProjectNames => new(Repository.Projects.Select(project => project.Name));

    [Theory, MemberData(nameof(ProjectNames))]
    public void References_OfProject_PointDownwards(string name) =>
        Assert.Empty(ArrowRules.Violations(Repository.Projects.Single(project => project.Name == name)));

    [Theory, MemberData(nameof(ProjectNames))]
    public void References_OfAssembly_PointDownwards(string name)
    {
        if (Repository.AssemblyOf(Repository.Projects.Single(project => project.Name == name)) is { } path)
        {
            Assert.Empty(AssemblyScan.Of(path).OwnReferences.SelectMany(target => ArrowRules.Violations(name, target)));
        }
    }

    [Fact]
    public void Projects_OfSource_AreFound() =>
        Assert.Contains(Repository.Projects, project => project.Name == "Chain.Core.Crypto" && project.IsPure);

    [Theory]
    [InlineData("Chain.Core.Crypto", "Chain.Core.Wire", "not downwards")]
    [InlineData("Chain.Core.Gossip", "Chain.Core.Consensus", "not downwards")]
    [InlineData("Chain.Core.Node", "Chain.Core.Simulation", "not downwards")]
    [InlineData("Chain.Core.Ledger", "Chain.Core.Storage", "is pure and references")]
    [InlineData("Chain.Core.Protocol", "Chain.Core.Transport", "is pure and references")]
    [InlineData("Chain.Core.Protocol", "Chain.Core.Consensus.ProofOfWork", "the plug-in")]
    [InlineData("Chain.Core.Node", "Chain.Core.Storage.RocksDb", "the plug-in")]
    [InlineData("Chain.Core.Rpc", "Chain.Core.Cli", "not downwards")]
    [InlineData("Chain.Core.Rpc.Client", "Chain.Core.Rpc", "not downwards")]
    [InlineData("Chain.Core", "Chain.Core.Rpc", "not downwards")]
    [InlineData("Chain.Core.Ledger", "Chain.Core.Analyzers", "not downwards")]
    [InlineData("Chain.Core.Node", "Chain.Core.Elsewhere", "has no level")]
    public void Violations_ForbiddenProject_AreNamed(string from, string to, string reason)
    {
        ProjectFile project = Synthetic(from, $"""<ProjectReference Include="../{to}/{to}.csproj" />""");

        Assert.Contains(ArrowRules.Violations(project), line => line.Contains(reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Chain.Core.Gossip", """<PackageReference Include="Newtonsoft.Json" />""")]
    [InlineData("Chain.Core.Node", """<PackageReference Include="RocksDB" />""")]
    [InlineData("Chain.Core.Node", """<FrameworkReference Include="Microsoft.AspNetCore.App" />""")]
    [InlineData("Chain.Core.Storage", """<Reference Include="Some.Assembly" />""")]
    public void Violations_ForbiddenPackage_IsNamed(string from, string reference) =>
        Assert.Contains("may not reference the package", Assert.Single(ArrowRules.Violations(Synthetic(from, reference))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Chain.Core.Wire", """<ProjectReference Include="../Chain.Core.Crypto/Chain.Core.Crypto.csproj" />""")]
    [InlineData("Chain.Core.Wire", """<ProjectReference Include="..\Chain.Core.Crypto\Chain.Core.Crypto.csproj" />""")]
    [InlineData("Chain.Core", """<ProjectReference Include="../Chain.Core.Storage.RocksDb/Chain.Core.Storage.RocksDb.csproj" />""")]
    [InlineData("Chain.Core.Cli", """<ProjectReference Include="../Chain.Core.Rpc/Chain.Core.Rpc.csproj" />""")]
    [InlineData("Chain.Core.Ledger", """<ProjectReference Include="../Chain.Core.Analyzers/Chain.Core.Analyzers.csproj" ReferenceOutputAssembly="false" />""")]
    [InlineData("Chain.Core.Cli", """<ProjectReference Include="../Chain.Core/Chain.Core.csproj" />""")]
    [InlineData("Chain.Core.Storage.RocksDb", """<PackageReference Include="RocksDB" />""")]
    public void Violations_PermittedReference_AreNone(string from, string reference) =>
        Assert.Empty(ArrowRules.Violations(Synthetic(from, reference)));

    [Fact]
    public void Violations_UnknownProject_AsksForALevel() =>
        Assert.Contains("place it", Assert.Single(ArrowRules.Violations(ProjectFile.Parse("Chain.Core.Elsewhere", "<Project />"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Chain.Core.Gossip", "<Project />")]
    [InlineData("Chain.Core.Node", "<Project><PropertyGroup><PureProtocol>true</PureProtocol></PropertyGroup></Project>")]
    public void Violations_PurityIsNotThePlacements_IsNamed(string name, string text) =>
        Assert.Contains("PureProtocol", Assert.Single(ArrowRules.Violations(ProjectFile.Parse(name, text))), StringComparison.Ordinal);

    [Fact]
    public void Violations_ProjectImportsAFile_IsNamed() =>
        Assert.Contains(
            "imports",
            Assert.Single(ArrowRules.Violations(ProjectFile.Parse("Chain.Core.Node", """<Project><Import Project="x.props" /></Project>"""))),
            StringComparison.Ordinal);

    private static ProjectFile Synthetic(string name, string item)
    {
        string pure = Placements.All[name].IsPure ? "<PropertyGroup><PureProtocol>true</PureProtocol></PropertyGroup>" : "";
        return ProjectFile.Parse(name, $"""<Project Sdk="Microsoft.NET.Sdk">{pure}<ItemGroup>{item}</ItemGroup></Project>""");
    }
}
