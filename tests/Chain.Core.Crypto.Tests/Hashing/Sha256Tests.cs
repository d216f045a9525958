using System.Text;

namespace Chain.Core.Crypto.Tests.Hashing;

public sealed class Sha256Tests
{
    [Theory] // FIPS 180-4 example values
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Hash_SpecificationExample_Matches(string message, string expected) =>
        Assert.Equal(Hash256.Parse(expected), Sha256.Hash(Encoding.ASCII.GetBytes(message)));
}
