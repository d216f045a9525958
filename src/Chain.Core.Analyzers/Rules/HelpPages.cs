using System.Reflection;

namespace Chain.Core.Analyzers;

/// <summary>Where the page of a rule is. The pages are also in the package, under <c>docs/analyzers</c>.</summary>
internal static class HelpPages
{
    private static readonly string? Repository = RepositoryOf(typeof(HelpPages).Assembly);

    /// <summary>The page of a rule on the web, or null where the build did not know the repository's address.</summary>
    public static string? UriOf(string id) => UriOf(Repository, id);

    public static string? UriOf(string? repository, string id) =>
        repository is not null && repository.StartsWith("https://", StringComparison.Ordinal)
            ? $"{repository.TrimEnd('/')}/blob/main/docs/analyzers/{id}.md"
            : null;

    // Source Link writes the address of the Git remote into the assembly.
    private static string? RepositoryOf(Assembly assembly) => assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(static each => each.Key == "RepositoryUrl")?.Value is { } url
            ? url.EndsWith(".git", StringComparison.Ordinal) ? url.Substring(0, url.Length - ".git".Length) : url
            : null;
}
