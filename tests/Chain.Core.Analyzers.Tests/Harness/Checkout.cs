namespace Chain.Core.Analyzers.Tests.Harness;

/// <summary>Files of the repository that these tests were built from.</summary>
internal static class Checkout
{
    private static readonly string Root = FindRoot();

    public static string Read(params string[] path) => File.ReadAllText(PathOf(path));

    /// <summary>What is in the C# files of a folder.</summary>
    public static IReadOnlyList<string> Sources(params string[] folder) =>
        [.. Directory.EnumerateFiles(PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)];

    private static string PathOf(string[] path) => Path.Combine([Root, .. path]);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Chain.Core.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("These tests run from inside the repository.");
    }
}
