using System.Xml.Linq;

namespace Chain.Core.Architecture.Tests;

/// <summary>What a project file says about itself, without evaluating it.</summary>
internal sealed record ProjectFile(string Name, string Path, XDocument Document)
{
    /// <summary>A project that exists only in a test.</summary>
    public static ProjectFile Parse(string name, string text) => new(name, name + ".csproj", XDocument.Parse(text));

    public bool IsPure => Property("PureProtocol") == "true";

    /// <summary>Projects of <c>src</c> are packages unless they say otherwise.</summary>
    public bool IsPackable => Property("IsPackable") != "false";

    /// <summary>Projects that the code uses; not the analyzers that only look at it.</summary>
    public IEnumerable<string> ProjectReferences => Document.Descendants("ProjectReference")
        .Where(element => (string?)element.Attribute("ReferenceOutputAssembly") != "false")
        .Select(element => (string?)element.Attribute("Include"))
        .OfType<string>()
        .Select(path => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    /// <summary>Packages and frameworks; the analyzers of <c>Directory.Build</c> are not among them.</summary>
    public IEnumerable<string> PackageReferences =>
        Includes("PackageReference").Concat(Includes("FrameworkReference")).Concat(Includes("Reference"));

    public bool HasImports => Document.Descendants("Import").Any();

    public string? Property(string name) => Document.Descendants(name).FirstOrDefault()?.Value.Trim();

    public override string ToString() => Name;

    private IEnumerable<string> Includes(string item) => Document.Descendants(item)
        .Select(element => (string?)element.Attribute("Include"))
        .OfType<string>();
}
