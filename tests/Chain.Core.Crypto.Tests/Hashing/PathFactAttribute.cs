namespace Chain.Core.Crypto.Tests.Hashing;

/// <summary>A fact about one path; skipped, with the reason, where the processor lacks it.</summary>
public sealed class PathFactAttribute : FactAttribute
{
    public PathFactAttribute(CryptoPath path)
    {
        Path = path;
        Skip = path.IsSupported() ? null : $"This processor lacks the path {path}.";
    }

    public CryptoPath Path { get; }
}
