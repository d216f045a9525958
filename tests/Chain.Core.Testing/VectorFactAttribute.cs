using Xunit;

namespace Chain.Core.Testing;

/// <summary>A fact that reads published vectors; skipped, with the reason, where they are absent.</summary>
public sealed class VectorFactAttribute : FactAttribute
{
    public VectorFactAttribute(string relativePath)
    {
        RelativePath = relativePath;
        Skip = Vectors.ReasonToSkip(relativePath);
    }

    public string RelativePath { get; }
}
