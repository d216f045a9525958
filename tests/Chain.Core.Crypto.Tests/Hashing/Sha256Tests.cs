using System.Text;

namespace Chain.Core.Crypto.Tests.Hashing;

public sealed class Sha256Tests
{
    [Theory] // FIPS 180-4 example values
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void Hash_SpecificationExample_Matches(string message, string expected)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(message);
        Assert.Equal(Hash256.Parse(expected), Sha256.Hash(bytes));
        Assert.Equal(Hash256.Parse(expected), Sha256Midstate.Initial.Hash(bytes));
    }

    [Fact] // FIPS 180-4 example values: a million times the letter a
    public void Hash_MillionLetters_Matches()
    {
        Hash256 expected = Hash256.Parse("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
        byte[] letters = [.. Enumerable.Repeat((byte)'a', 1_000_000)];
        Assert.Equal(expected, Sha256.Hash(letters));
        Assert.Equal(expected, Sha256Midstate.Initial.Hash(letters));
    }

    [Fact]
    public void HashTwice_Message_IsTheHashOfTheHash()
    {
        byte[] message = "abc"u8.ToArray();
        Assert.Equal(Sha256.Hash(Sha256.Hash(message).ToArray()), Sha256.HashTwice(message));
    }
}
