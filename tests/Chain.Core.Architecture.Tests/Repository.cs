using System.Diagnostics;
using System.Xml.Linq;

namespace Chain.Core.Architecture.Tests;

/// <summary>The checkout that these tests were built from, and what its build left.</summary>
internal static class Repository
{
    public static string Root => Testing.Repository.Root;

    /// <summary>Every project under <c>src</c>.</summary>
    public static IReadOnlyList<ProjectFile> Projects { get; } = ReadProjects();

    /// <summary>The assembly of a project as compiled in the configuration of this test run; null where it packs none.</summary>
    public static string? AssemblyOf(ProjectFile project)
    {
        if (project.Property("IncludeBuildOutput") == "false")
        {
            return null;
        }

        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(Root, "artifacts", "bin", project.Name, configuration, project.Name + ".dll");
    }

    /// <summary>The files that Git tracks; in a source archive, all files but the build's.</summary>
    public static IReadOnlyList<string> TrackedFiles() =>
        Path.Exists(Path.Combine(Root, ".git")) ? GitFiles() : SourceFiles();

    private static List<ProjectFile> ReadProjects() =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(path => !path.Replace('\\', '/').Contains("/templates/", StringComparison.Ordinal)) // become projects when they are used
            .Order(StringComparer.Ordinal)
            .Select(path => new ProjectFile(Path.GetFileNameWithoutExtension(path), path, XDocument.Load(path)))];

    private static List<string> GitFiles()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z"]) { WorkingDirectory = Root, RedirectStandardOutput = true };
        using Process git = Process.Start(start) ?? throw new InvalidOperationException("Git did not start.");
        string names = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => Path.Combine(Root, name))
            .Where(File.Exists)];
    }

    private static List<string> SourceFiles()
    {
        string[] built = ["artifacts", "bin", "obj"];
        return [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(built.Contains))];
    }
}
