namespace Chain.Core.Crypto.Tests.Ed25519Curve;

/// <summary>A fact about one path; skipped, with the reason, on machines that do not support it.</summary>
public sealed class SkippableOnPathAttribute : FactAttribute
{
    public SkippableOnPathAttribute(CryptoPath path)
    {
        Path = path;
        Skip = path.IsSupported() ? null : $"This machine does not support {path}.";
    }

    public CryptoPath Path { get; }
}
