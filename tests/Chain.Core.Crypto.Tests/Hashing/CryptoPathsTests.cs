namespace Chain.Core.Crypto.Tests.Hashing;

public sealed class CryptoPathsTests
{
    [Fact]
    public void Resolve_Auto_IsTheWidestSupported()
    {
        CryptoPath widest = Enum.GetValues<CryptoPath>().Where(path => path.IsSupported()).Max();
        Assert.Equal(widest, CryptoPath.Auto.Resolve());
        Assert.NotEqual(CryptoPath.Auto, CryptoPath.Auto.Resolve());
    }

    [Fact]
    public void IsSupported_Portable_Always() => Assert.True(CryptoPath.Portable.IsSupported());

    [Fact]
    public void Resolve_UnknownPath_IsRefused()
    {
        Assert.False(((CryptoPath)99).IsSupported());
        Assert.Throws<PlatformNotSupportedException>(() => ((CryptoPath)99).Resolve());
    }
}
