namespace Chain.Core.Crypto.Tests.Secrets;

public sealed class WeierstrassGroupTests
{
    private const string Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    private const string OrderMinusOne = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140";

    private static readonly byte[] One = [.. new byte[31], 1];
    private static readonly byte[] Generator =
        Convert.FromHexString("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

    [Theory]
    [InlineData(Order)]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void TryAdd_TweakNotBelowTheOrder_IsRefused(string tweak)
    {
        Assert.False(WeierstrassGroup.Secp256k1.TryAdd(Convert.FromHexString(tweak), One, new byte[32]));
        Assert.False(WeierstrassGroup.Secp256k1.TryAddToPoint(Convert.FromHexString(tweak), Generator, out _));
    }

    [Fact]
    public void TryAdd_SumOfZero_IsRefused()
    {
        byte[] minusOne = Convert.FromHexString(OrderMinusOne);

        Assert.False(WeierstrassGroup.Secp256k1.TryAdd(minusOne, One, new byte[32]));
        Assert.False(WeierstrassGroup.Secp256k1.TryAddToPoint(minusOne, Generator, out _));
    }

    [Fact]
    public void TryAdd_OneAndOne_IsTwoOnBothSides()
    {
        var two = new byte[32];

        Assert.True(WeierstrassGroup.Secp256k1.TryAdd(One, One, two));
        Assert.True(WeierstrassGroup.Secp256k1.TryAddToPoint(One, Generator, out byte[] doubled));
        Assert.Equal(2, two[31]);
        Assert.Equal(WeierstrassGroup.Secp256k1.PublicKeyOf(two), doubled);
        Assert.Equal("02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5", Convert.ToHexStringLower(doubled));
    }

    [Theory]
    [InlineData("00")]
    [InlineData("")]
    [InlineData("0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")]
    [InlineData("020000000000000000000000000000000000000000000000000000000000000007")]
    [InlineData("02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void IsPublicKey_OtherBytes_AreNot(string hex) =>
        Assert.False(WeierstrassGroup.Secp256k1.IsPublicKey(Convert.FromHexString(hex)));
}
