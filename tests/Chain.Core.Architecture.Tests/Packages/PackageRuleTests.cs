namespace Chain.Core.Architecture.Tests.Packages;

/// <summary>What a stranger finds in each package, and what must never be in the repository.</summary>
public sealed class PackageRuleTests
{
    private const int ShortestDescription = 20;

    public static TheoryData<string> PackageNames =>
        new(Repository.Projects.Where(project => project.IsPackable).Select(project => project.Name));

    [Theory, MemberData(nameof(PackageNames))]
    public void Package_HasReadme_UnderItsName(string name)
    {
        string readme = File.ReadAllText(Beside(name, "README.md"));

        Assert.StartsWith($"# {name}\n", readme, StringComparison.Ordinal);
        Assert.True(readme.Trim().Length > name.Length + ShortestDescription, "The README says nothing.");
    }

    [Theory, MemberData(nameof(PackageNames))]
    public void Package_HasDescription_AsASentence(string name)
    {
        string description = Find(name).Property("Description") ?? "";

        Assert.True(description.Length >= ShortestDescription, $"Too short: '{description}'.");
        Assert.EndsWith(".", description, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(PackageNames))]
    public void Package_HasPublicApiFiles_WithNullability(string name)
    {
        if (Repository.AssemblyOf(Find(name)) is not null)
        {
            Assert.StartsWith("#nullable enable", File.ReadAllText(Beside(name, "PublicAPI.Shipped.txt")), StringComparison.Ordinal);
            Assert.StartsWith("#nullable enable", File.ReadAllText(Beside(name, "PublicAPI.Unshipped.txt")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Solution_HasEveryProject_OfTheRepository()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "Chain.Core.sln")).Replace('\\', '/');
        IEnumerable<string> projects = Repository.TrackedFiles()
            .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/templates/", StringComparison.Ordinal)
                && !path.StartsWith("eng/aot/", StringComparison.Ordinal)); // the native compiler differs from machine to machine: no lock file

        Assert.DoesNotContain(projects, path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void TrackedFiles_Text_NamesNoPathOfABuildMachine() =>
        Assert.Empty(Repository.TrackedFiles().SelectMany(path => MachinePaths.In(path)
            .Select(line => $"{Path.GetRelativePath(Repository.Root, path)}: {line}")));

    private static ProjectFile Find(string name) => Repository.Projects.Single(project => project.Name == name);

    private static string Beside(string name, string file) => Path.Combine(Path.GetDirectoryName(Find(name).Path)!, file);
}
