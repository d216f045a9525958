using Chain.Core.Testing;

namespace Chain.Core.Conformance.Tests;

/// <summary>A theory over published vectors; skipped, with the reason, where their folder is absent.</summary>
public sealed class VectorTheoryAttribute : TheoryAttribute
{
    public VectorTheoryAttribute(string folder)
    {
        Folder = folder;
        Skip = Vectors.ReasonToSkip(folder);
    }

    public string Folder { get; }
}
