using System.Text.Json;
using Chain.Core.Testing;

namespace Chain.Core.Templates.Tests;

/// <summary>A template as it lies in the repository.</summary>
internal sealed class TemplateFolder
{
    private TemplateFolder(string path)
    {
        Path = path;
        using JsonDocument settings = JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(path, ".template.config", "template.json")));
        Settings = settings.RootElement.Clone();
    }

    public static IReadOnlyList<TemplateFolder> All { get; } =
        [.. Directory.GetDirectories(Repository.PathOf("src", "Chain.Core.Templates", "templates"))
            .Order(StringComparer.Ordinal)
            .Select(static path => new TemplateFolder(path))];

    public string Path { get; }

    public JsonElement Settings { get; }

    public string ShortName => Text("shortName");

    public IEnumerable<string> Files => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
        .Where(static path => !path.Contains(".template.config", StringComparison.Ordinal));

    public IEnumerable<string> Projects => Files.Where(static path => path.EndsWith(".csproj", StringComparison.Ordinal));

    public static string ReadRepository(params string[] path) => File.ReadAllText(Repository.PathOf(path));

    public string Text(string key) => Settings.GetProperty(key).GetString()!;
}
