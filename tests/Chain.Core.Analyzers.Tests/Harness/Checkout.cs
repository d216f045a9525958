using Chain.Core.Testing;

namespace Chain.Core.Analyzers.Tests.Harness;

/// <summary>Files of the repository that these tests were built from.</summary>
internal static class Checkout
{
    public static string Read(params string[] path) => File.ReadAllText(Repository.PathOf(path));

    /// <summary>What is in the C# files of a folder.</summary>
    public static IReadOnlyList<string> Sources(params string[] folder) =>
        [.. Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)];
}
