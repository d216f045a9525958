namespace Chain.Core.Crypto.Tests.Hashing;

/// <summary>The paths that this machine supports, for theories that force each.</summary>
public sealed class CryptoPathData : TheoryData<CryptoPath>
{
    public CryptoPathData()
    {
        foreach (CryptoPath path in Enum.GetValues<CryptoPath>().Where(path => path.IsSupported()))
        {
            Add(path);
        }
    }
}
